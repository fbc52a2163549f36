// Households of any size as records: those of the page, and many at random for the judges.
const pad = (number) => String(number).padStart(2, "0");

const record = (answers, lists) => {
  const made = {};
  for (const [name, rows] of Object.entries(lists)) {
    const keyed = rows.map((answers, at) => ({ key: at + 1, answers }));
    made[name] = { complete: true, rows: keyed };
  }
  return {
    ruhu: 1,
    id: "bench",
    standard: "sichuan-household-2016",
    year: 2017,
    date: "2017-10-15",
    choices: { income_line: "working" },
    answers,
    lists: made,
  };
};

const sound = {
  income_is_stable: "yes", eats_enough: "yes", eats_protein: "yes",
  has_seasonal_clothes: "yes", has_change_of_clothes: "yes", has_winter_bedding: "yes",
  home_kind: "own", house_grade: "B", renovation: "none", relocation: "none",
  water_tap: "no", water_litres: "40", water_test: "none", water_is_clear: "yes",
  water_smells_normal: "yes", water_tastes_normal: "yes", water_is_harmless: "yes",
  water_minutes: "10", water_horizontal: "200", water_vertical: "20", water_short_days: "3",
  power_connected: "yes", broadcast_signal: "satellite",
};

/** The business revenue that one more digit lifts over the line of so many people. */
export const amount = (members) => String(members * 400);

/** All is known; income is a little too low, everything else is as it should be. */
export function household(members, revenue = amount(members)) {
  const people = Array.from({ length: members }, (_, at) => ({
    member_name: `成员${at + 1}`,
    relation: at === 0 ? "head" : "other",
    member_change: "none",
    special_status: "none",
    birth_date: `${at % 4 === 3 ? 2007 : 1950 + (at % 40)}-${pad(1 + (at % 12))}-15`,
    ...(at % 4 === 3 && { school_status: "in_school" }),
    resident_insurance: "yes",
  }));
  return record({ ...sound }, {
    member: people,
    wage: [
      {
        wage_kind: "employment", wage_place: "in_county",
        wage_amount: "9000", wage_living_cost: "3000",
      },
      {
        wage_kind: "casual", wage_place: "in_township",
        wage_amount: "4000", wage_living_cost: "0",
      },
    ],
    business: [
      {
        business_kind: "grain", business_revenue: revenue,
        business_in_kind: "500", business_cost: "300",
      },
    ],
    property: [{ property_kind: "land_rent", property_amount: "600" }],
    transfer: [{ transfer_kind: "basic_pension", transfer_amount: "1200" }],
  });
}

/** A small generator of its own: the same households on every machine. */
function dice(seed) {
  let state = seed | 0;
  return (end) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % end;
  };
}

/** Households of up to seven, everything about them known, many a check not met. */
export function randomHouseholds(count, seed = 20171015) {
  const below = dice(seed);
  const yes = () => (below(12) ? "yes" : "no");
  const pick = (usual, ...others) => (below(12) ? usual : others[below(others.length)]);
  const sum = (end) => String(below(end));
  const many = (end, make) => Array.from({ length: below(end) }, make);
  const one = () => {
    const member = () => ({
      member_change: pick("none", "married_in", "died", "moved_out"),
      birth_date: `${1940 + below(77)}-${pad(1 + below(12))}-${pad(1 + below(28))}`,
      special_status: pick("none", "soldier"),
      school_status: pick(
        "in_school", "sent_teaching", "deferred", "dropped_other", "dropped_poverty",
      ),
      school_document: yes(),
      resident_insurance: yes(), employee_insurance: yes(), commercial_insurance: yes(),
      insurance_excuse: pick("none", "newborn", "not_needed_now"),
    });
    const answers = {};
    for (const [fact, usual] of Object.entries(sound)) {
      answers[fact] = usual === "yes" ? yes() : usual;
    }
    Object.assign(answers, {
      home_kind: pick("own", "rented", "none"), home_is_secured: yes(),
      house_grade: pick("B", "A", "C", "D", "ungraded"), grading_is_safe: yes(),
      renovation: pick("none", "underway", "accepted"),
      renovation_date: `2017-${pad(1 + below(12))}-15`,
      relocation: pick("none", "planned", "keys"), water_tap: yes(),
      water_litres: sum(80), water_test: pick("none", "passed", "failed"),
      water_minutes: sum(40), water_horizontal: sum(1200), water_vertical: sum(120),
      water_short_days: sum(50), broadcast_signal: pick("satellite", "cable", "none"),
    });
    return record(answers, {
      member: [member(), ...many(6, member)],
      wage: many(4, () => ({
        wage_place: pick("in_township", "in_county", "out_of_province"),
        wage_amount: sum(12000), wage_living_cost: sum(4000),
      })),
      business: many(4, () => ({
        business_revenue: sum(9000), business_in_kind: sum(2000), business_cost: sum(5000),
      })),
      property: many(2, () => ({
        property_kind: pick("land_rent", "land_compensation"), property_amount: sum(3000),
      })),
      transfer: many(5, () => ({
        transfer_kind: pick("basic_pension", "loan", "gift", "farm_subsidy"),
        transfer_amount: sum(3000),
      })),
    });
  };
  return Array.from({ length: count }, one);
}
