//! Households made up at random, each as a record and as typed structs: the same one.

use ruhu_core::{Dictionary, Kind, Record};
use serde_json::{Map, Value, json};

use crate::by_hand::{Business, Household, Member, Rules, Wage};

/// A small generator of its own: the same households on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, end: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 >> 1).unwrap_or(0) % end
    }

    pub(crate) fn one_in(&mut self, n: i64) -> bool {
        self.below(n) == 0
    }
}

/// The options of a choice, by name.
pub(crate) struct Options<'a>(pub(crate) &'a Dictionary);

impl Options<'_> {
    fn of(&self, fact: &str) -> Vec<&str> {
        let info = self.0.fact(fact).and_then(|fact| self.0.info(fact));
        let Some(Kind::Choice { list }) = info.map(|info| info.kind) else {
            return Vec::new();
        };
        let list = self.0.lists().get(list);
        list.map_or_else(Vec::new, |list| {
            list.options.iter().map(|option| option.id.as_str()).collect()
        })
    }

    fn mask(&self, fact: &str, named: &[&str]) -> u64 {
        let options = self.of(fact);
        named.iter().fold(0, |mask, name| {
            let at = options.iter().position(|option| option == name);
            mask | 1 << at.unwrap_or_else(|| panic!("no option {name} of {fact}"))
        })
    }

    /// One option at random, the first of `usual` most of the time.
    fn pick(&self, dice: &mut Dice, fact: &str, usual: &str) -> (u8, String) {
        let options = self.of(fact);
        let at = if dice.one_in(12) {
            usize::try_from(dice.below(i64::try_from(options.len()).unwrap())).unwrap()
        } else {
            options.iter().position(|option| *option == usual).unwrap()
        };
        (u8::try_from(at).unwrap(), options[at].to_owned())
    }
}

fn day(text: &str) -> i64 {
    ruhu_core::read::date(text).unwrap().lo
}

/// What the standard says in 2017, with the income line of 3300.
pub(crate) fn rules(options: &Options<'_>) -> Rules {
    let o = |fact: &str, named: &[&str]| options.mask(fact, named);
    Rules {
        line: 330_000,
        // 6 to 15 full years on 2017-09-01.
        school: (day("2001-09-02"), day("2011-09-01")),
        registered: o("member_change", &["none", "married_in", "newborn", "moved_in"]),
        in_township: o("wage_place", &["in_township"]),
        property: o(
            "property_kind",
            &[
                "land_rent",
                "house_rent",
                "share_dividend",
                "collective_dividend",
                "asset_return",
                "interest",
                "other",
            ],
        ),
        transfers: o(
            "transfer_kind",
            &[
                "employee_pension",
                "destitute_support",
                "old_age_allowance",
                "disability_living_allowance",
                "disability_care_allowance",
                "care_allowance",
                "orphan_allowance",
                "veteran_allowance",
                "family_planning_award",
                "family_planning_support",
                "farm_subsidy",
                "forest_return_subsidy",
                "ecology_compensation",
                "grassland_subsidy",
                "reservoir_support",
                "electricity_allowance",
                "support_from_children",
                "remittance",
                "regular_donation",
                "industry_benefit",
                "collective_grant",
                "other_regular",
                "subsistence_allowance",
                "basic_pension",
            ],
        ),
        schooled: o(
            "school_status",
            &["in_school", "sent_teaching", "finished_grade9", "dropped_other"],
        ),
        schooled_with_paper: o("school_status", &["deferred", "suspended_ill", "unable"]),
        excused: o(
            "insurance_excuse",
            &["newborn", "soldier", "prisoner", "not_needed_now"],
        ),
        soldier: o("special_status", &["soldier"]),
        stays: o("relocation", &["none"]),
        moved: o("relocation", &["keys", "moved_in"]),
        graded_safe: o("house_grade", &["A", "B"]),
        ungraded: o("house_grade", &["ungraded"]),
        no_home: o("home_kind", &["none"]),
        accepted: o("renovation", &["accepted"]),
        provided: o(
            "home_kind",
            &[
                "with_children",
                "with_relatives",
                "rented",
                "leased_farmhouse",
                "public_rental",
                "shared_court",
                "care_home",
            ],
        ),
        check_date: day("2017-10-15"),
        litres: 20,
        test_passed: o("water_test", &["passed"]),
        test_none: o("water_test", &["none"]),
        minutes: 20,
        horizontal: 800,
        vertical: 80,
        short_days: 36,
        receives: o("broadcast_signal", &["satellite", "cable", "terrestrial"]),
    }
}

/// Answers of one place, written while the typed value is made.
struct Sheet<'a, 'd> {
    options: &'a Options<'a>,
    dice: &'d mut Dice,
    answers: Map<String, Value>,
}

impl Sheet<'_, '_> {
    fn choice(&mut self, fact: &str, usual: &str) -> u8 {
        let (at, name) = self.options.pick(self.dice, fact, usual);
        self.answers.insert(fact.to_owned(), name.into());
        at
    }

    fn yes(&mut self, fact: &str) -> bool {
        let yes = !self.dice.one_in(12);
        self.answers.insert(fact.to_owned(), if yes { "yes" } else { "no" }.into());
        yes
    }

    fn number(&mut self, fact: &str, from: i64, to: i64) -> i64 {
        let number = from + self.dice.below(to - from);
        self.answers.insert(fact.to_owned(), number.to_string().into());
        number
    }

    fn date(&mut self, fact: &str, from: &str, to: &str) -> i64 {
        let date = day(from) + self.dice.below(day(to) - day(from));
        self.answers.insert(fact.to_owned(), ruhu_core::read::date_text(date).into());
        date
    }
}

/// A household of up to seven, with its record; every answer is known.
pub(crate) fn household(dice: &mut Dice, options: &Options<'_>) -> (Record, Household) {
    let mut lists = Map::new();
    let mut rows = |name: &str, made: Vec<Map<String, Value>>| {
        let rows: Vec<Value> = made
            .into_iter()
            .zip(1..)
            .map(|(answers, key)| json!({ "key": key, "answers": answers }))
            .collect();
        lists.insert(name.to_owned(), json!({ "complete": true, "rows": rows }));
    };
    let some = |dice: &mut Dice, from: i64, to: i64| from + dice.below(to - from);
    let (mut sheets, mut members) = (Vec::new(), Vec::new());
    for _ in 0..some(dice, 2, 8) {
        let mut s = Sheet { options, dice, answers: Map::new() };
        members.push(Member {
            change: s.choice("member_change", "none"),
            born: s.date("birth_date", "1940-01-01", "2017-06-30"),
            school_status: s.choice("school_status", "in_school"),
            school_document: s.yes("school_document"),
            insured: [
                s.yes("resident_insurance"),
                s.yes("employee_insurance"),
                s.yes("commercial_insurance"),
            ],
            excuse: s.choice("insurance_excuse", "none"),
            special: s.choice("special_status", "none"),
        });
        sheets.push(s.answers);
    }
    rows("member", std::mem::take(&mut sheets));
    let mut wages = Vec::new();
    for _ in 0..some(dice, 0, 4) {
        let mut s = Sheet { options, dice, answers: Map::new() };
        wages.push(Wage {
            place: s.choice("wage_place", "in_township"),
            amount: s.number("wage_amount", 1_000, 12_000) * 100,
            living_cost: s.number("wage_living_cost", 0, 4_000) * 100,
        });
        sheets.push(s.answers);
    }
    rows("wage", std::mem::take(&mut sheets));
    let mut business = Vec::new();
    for _ in 0..some(dice, 0, 4) {
        let mut s = Sheet { options, dice, answers: Map::new() };
        business.push(Business {
            revenue: s.number("business_revenue", 0, 9_000) * 100,
            in_kind: s.number("business_in_kind", 0, 2_000) * 100,
            cost: s.number("business_cost", 0, 5_000) * 100,
        });
        sheets.push(s.answers);
    }
    rows("business", std::mem::take(&mut sheets));
    let mut property = Vec::new();
    for _ in 0..some(dice, 0, 2) {
        let mut s = Sheet { options, dice, answers: Map::new() };
        let kind = s.choice("property_kind", "land_rent");
        property.push((kind, s.number("property_amount", 0, 3_000) * 100));
        sheets.push(s.answers);
    }
    rows("property", std::mem::take(&mut sheets));
    let mut transfers = Vec::new();
    for _ in 0..some(dice, 0, 5) {
        let mut s = Sheet { options, dice, answers: Map::new() };
        let kind = s.choice("transfer_kind", "basic_pension");
        transfers.push((kind, s.number("transfer_amount", 0, 3_000) * 100));
        sheets.push(s.answers);
    }
    rows("transfer", std::mem::take(&mut sheets));
    let mut s = Sheet { options, dice, answers: Map::new() };
    let household = Household {
        members,
        wages,
        business,
        property,
        transfers,
        income_is_stable: s.yes("income_is_stable"),
        food: [s.yes("eats_enough"), s.yes("eats_protein")],
        clothing: [
            s.yes("has_seasonal_clothes"),
            s.yes("has_change_of_clothes"),
            s.yes("has_winter_bedding"),
        ],
        home_kind: s.choice("home_kind", "own"),
        home_is_secured: s.yes("home_is_secured"),
        house_grade: s.choice("house_grade", "B"),
        grading_is_safe: s.yes("grading_is_safe"),
        renovation: s.choice("renovation", "none"),
        renovation_date: s.date("renovation_date", "2016-01-01", "2018-01-01"),
        relocation: s.choice("relocation", "none"),
        water_litres: s.number("water_litres", 15, 80),
        water_test: s.choice("water_test", "none"),
        water_senses: [
            s.yes("water_is_clear"),
            s.yes("water_smells_normal"),
            s.yes("water_tastes_normal"),
            s.yes("water_is_harmless"),
        ],
        water_tap: s.yes("water_tap"),
        water_minutes: s.number("water_minutes", 0, 40),
        water_horizontal: s.number("water_horizontal", 0, 1_200),
        water_vertical: s.number("water_vertical", 0, 120),
        water_short_days: s.number("water_short_days", 0, 50),
        power_connected: s.yes("power_connected"),
        broadcast_signal: s.choice("broadcast_signal", "satellite"),
    };
    let record = json!({
        "ruhu": 1,
        "standard": "sichuan-household-2016",
        "year": 2017,
        "date": "2017-10-15",
        "choices": { "income_line": "working" },
        "answers": s.answers,
        "lists": lists,
    });
    (Record::from_json(&record.to_string()).unwrap().0, household)
}
