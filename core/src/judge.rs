//! A standard in one year: judges any number of households, with nothing kept.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::applied::{self, Applied, Refusal};
use crate::cells::Cells;
use crate::circuit::{Circuits, Packed};
use crate::evaluate::View;
use crate::fold::{Fold, Folding};
use crate::glance::{Glance, Looked};
use crate::program::TestId;
use crate::record::{Choices, Record};
use crate::standard::Standard;
use crate::verdict::{States, Verdict};

/// A standard in an exit year, on a day, with the readings that were chosen.
#[derive(Clone, Debug)]
pub struct Judge {
    applied: Applied,
    /// Made for the first household.
    bulk: OnceCell<Rc<Bulk>>,
}

/// The criteria with the year worked in.
#[derive(Debug)]
struct Bulk {
    folded: Folding,
    circuits: Circuits,
    /// By entity.
    looked: Box<[Looked]>,
}

/// 农户: the answers of a record as numbers, ready to be judged by the one that read it.
#[derive(Clone, Debug)]
pub struct Household {
    packed: Packed,
    /// For criteria that fit no circuit.
    cells: Option<Cells>,
}

impl Judge {
    /// A standard for the year, the day and the readings of a record.
    ///
    /// # Errors
    /// Where the year is outside the standard's life, or the day is not a date.
    pub fn new(standard: &Rc<Standard>, record: &Record) -> Result<Self, Refusal> {
        Applied::new(standard, record).map(Self::from)
    }

    /// The same from the year and the day as a record has them.
    pub(crate) fn of(
        standard: &Rc<Standard>,
        year: Option<i32>,
        date: Option<&str>,
        choices: &Choices,
    ) -> Result<Self, Refusal> {
        Applied::of(standard, year, date, choices).map(Self::from)
    }

    /// The standard.
    #[must_use]
    pub fn standard(&self) -> &Rc<Standard> {
        &self.applied.standard
    }

    /// The answers of a record as numbers.
    #[must_use]
    pub fn household(&self, record: &Record) -> Household {
        let dictionary = &self.applied.standard.dictionary;
        self.packed(&applied::cells(dictionary, record))
    }

    /// The same of a record at a glance.
    pub(crate) fn household_at(&self, glance: &Glance<'_>) -> Household {
        let looked = &self.bulk().looked;
        self.packed(&glance.cells(&self.applied.standard.dictionary, looked))
    }

    fn packed(&self, cells: &Cells) -> Household {
        let dictionary = &self.applied.standard.dictionary;
        let Bulk { folded, circuits, .. } = self.bulk();
        let packed = circuits.pack(cells, dictionary);
        let rest = !circuits.rest.is_empty();
        let cells = rest.then(|| cells.narrowed(dictionary, &folded.layout));
        Household { packed, cells }
    }

    /// Judges a household: the state of every criterion, no words, nothing kept.
    #[must_use]
    #[inline(never)]
    pub fn decide(&self, household: &Household) -> States {
        let Bulk { folded, circuits, .. } = self.bulk();
        let mut states = circuits.judge(&household.packed);
        let Some(cells) = &household.cells else { return states };
        let view = View::new(&folded.program, &self.applied.setting, cells);
        for (bit, root) in &circuits.rest {
            match view.test(*root) {
                Verdict::Met => states.met |= bit,
                Verdict::NotMet => states.not_met |= bit,
                Verdict::Unknown => {}
            }
        }
        states
    }

    /// Whether two judge every household alike because they run the same program, once the
    /// year is worked in; where they do not, they still may.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let criteria = |judge: &Self| -> Vec<String> {
            judge.applied.standard.criteria.iter().map(|one| one.id.clone()).collect()
        };
        let (one, two) = (&self.bulk().folded, &other.bulk().folded);
        let programs = one.program.tests == two.program.tests
            && one.program.nums == two.program.nums
            && one.roots == two.roots
            && one.layout == two.layout;
        programs
            && criteria(self) == criteria(other)
            && self
                .applied
                .standard
                .dictionary
                .reads_like(&other.applied.standard.dictionary)
    }

    fn bulk(&self) -> &Bulk {
        self.bulk.get_or_init(|| {
            let Applied { standard, setting, .. } = &self.applied;
            let roots: Vec<TestId> =
                standard.criteria.iter().map(|one| one.met).collect();
            let dictionary = &standard.dictionary;
            let fold = Fold::new(&standard.program, setting, dictionary);
            let folded = fold.all(&roots);
            let circuits = Circuits::new(&folded, dictionary);
            let looked = folded.layout.columns.iter();
            let looked = looked.map(|facts| Looked::of(dictionary, facts)).collect();
            Rc::new(Bulk { folded, circuits, looked })
        })
    }
}

impl From<Applied> for Judge {
    fn from(applied: Applied) -> Self {
        Self { applied, bulk: OnceCell::new() }
    }
}
