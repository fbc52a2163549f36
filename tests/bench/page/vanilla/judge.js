// The nine checks of 2017 by hand, two-valued: as fast as a careful programmer makes them.
const set = (text) => new Set(text.split(" "));

const registered = set("none married_in newborn moved_in");
const property = set(
  "land_rent house_rent share_dividend collective_dividend asset_return interest other",
);
const transfer = set(
  "employee_pension destitute_support old_age_allowance disability_living_allowance " +
    "disability_care_allowance care_allowance orphan_allowance veteran_allowance " +
    "family_planning_award family_planning_support farm_subsidy forest_return_subsidy " +
    "ecology_compensation grassland_subsidy reservoir_support electricity_allowance " +
    "support_from_children remittance regular_donation industry_benefit collective_grant " +
    "other_regular subsistence_allowance basic_pension",
);
const schooled = set("in_school sent_teaching finished_grade9 dropped_other");
const schooledWithPaper = set("deferred suspended_ill unable");
const excused = set("newborn soldier prisoner not_needed_now");
const provided = set(
  "with_children with_relatives rented leased_farmhouse public_rental shared_court care_home",
);
const received = set("satellite cable terrestrial");

/** What decides in 2017, where the office has chosen the working line. */
export const rules = {
  line: 3300,
  school: ["2001-09-02", "2011-09-01"],
  checked: "2017-10-15",
  litres: 20,
  minutes: 20,
  horizontal: 800,
  vertical: 80,
  days: 36,
};

/** Yuan of a year: what was earned and received, less what it cost. */
export function netIncome(h) {
  let net = 0;
  for (const one of h.wage) {
    net += one.wage_amount - (one.wage_place === "in_township" ? 0 : one.wage_living_cost);
  }
  for (const one of h.business) {
    net += one.business_revenue + one.business_in_kind - one.business_cost;
  }
  for (const one of h.property) if (property.has(one.property_kind)) net += one.property_amount;
  for (const one of h.transfer) if (transfer.has(one.transfer_kind)) net += one.transfer_amount;
  return net;
}

/** The checks in the order of the standard, and the income per head. */
export function judge(h) {
  let heads = 0;
  let isSchooled = true;
  let isInsured = true;
  for (const one of h.member) {
    if (!registered.has(one.member_change)) continue;
    heads += 1;
    if (one.birth_date >= rules.school[0] && one.birth_date <= rules.school[1]) {
      isSchooled &&= schooled.has(one.school_status) ||
        (schooledWithPaper.has(one.school_status) && one.school_document);
    }
    isInsured &&= one.special_status === "soldier" || one.resident_insurance ||
      one.employee_insurance || one.commercial_insurance || excused.has(one.insurance_excuse);
  }
  const net = netIncome(h);
  const graded = h.house_grade === "ungraded"
    ? h.home_kind !== "none" && h.grading_is_safe
    : h.house_grade === "A" || h.house_grade === "B";
  const renovated = h.renovation === "accepted" && h.renovation_date <= rules.checked;
  const lodged = provided.has(h.home_kind) && h.home_is_secured;
  const near = h.water_horizontal <= rules.horizontal && h.water_vertical <= rules.vertical;
  const clean = h.water_is_clear && h.water_smells_normal && h.water_tastes_normal &&
    h.water_is_harmless;
  const met = [
    heads > 0 && net > rules.line * heads && h.income_is_stable,
    h.eats_enough && h.eats_protein,
    h.has_seasonal_clothes && h.has_change_of_clothes && h.has_winter_bedding,
    isSchooled,
    isInsured,
    h.relocation === "keys" || h.relocation === "moved_in" ||
      (h.relocation === "none" && (graded || renovated || lodged)),
    h.water_litres >= rules.litres &&
      (h.water_test === "passed" || (h.water_test === "none" && clean)) &&
      (h.water_tap || h.water_minutes <= rules.minutes || near) &&
      h.water_short_days <= rules.days,
    h.power_connected,
    received.has(h.broadcast_signal),
  ];
  return { met, perHead: heads > 0 ? net / heads : 0 };
}

const needs = [
  ["income_is_stable"],
  ["eats_enough", "eats_protein"],
  ["has_seasonal_clothes", "has_change_of_clothes", "has_winter_bedding"],
  [],
  [],
  ["relocation", "house_grade", "home_kind"],
  ["water_litres", "water_test", "water_tap", "water_short_days"],
  ["power_connected"],
  ["broadcast_signal"],
];

/** Whether a check cannot be judged yet, as two-valued forms have it: a blank it needs. */
export function isOpen(h, check) {
  if (check < 5 && check !== 1 && check !== 2 && h.member.length === 0) return true;
  for (const fact of needs[check]) if (h[fact] === undefined) return true;
  return false;
}
