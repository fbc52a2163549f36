// The nine checks of 2017 as JsonLogic, over the same values as the hand-written page's.
import { rules } from "./vanilla/judge.js";

const the = (fact) => ({ var: fact });
const is = (fact, ...options) => ({ in: [the(fact), options] });
const all = (...of) => ({ and: of });
const any = (...of) => ({ or: of });
const not = (of) => ({ "!": of });
const sum = (list, each) => ({
  reduce: [the(list), { "+": [the("accumulator"), each] }, 0],
});
const now = (fact) => the(`current.${fact}`);
const oneOf = (fact, ...options) => ({ in: [now(fact), options] });
const registered = is("member_change", "none", "married_in", "newborn", "moved_in");

const net = {
  "+": [
    sum("wage", {
      "-": [
        now("wage_amount"),
        {
          "*": [
            { if: [{ "===": [now("wage_place"), "in_township"] }, 0, 1] },
            now("wage_living_cost"),
          ],
        },
      ],
    }),
    sum("business", {
      "-": [{ "+": [now("business_revenue"), now("business_in_kind")] }, now("business_cost")],
    }),
    sum("property", {
      "*": [
        { if: [oneOf("property_kind", "land_rent", "house_rent", "share_dividend",
          "collective_dividend", "asset_return", "interest", "other"), 1, 0] },
        now("property_amount"),
      ],
    }),
    sum("transfer", {
      "*": [
        { if: [oneOf("transfer_kind", "employee_pension", "destitute_support",
          "old_age_allowance", "disability_living_allowance", "disability_care_allowance",
          "care_allowance", "orphan_allowance", "veteran_allowance", "family_planning_award",
          "family_planning_support", "farm_subsidy", "forest_return_subsidy",
          "ecology_compensation", "grassland_subsidy", "reservoir_support",
          "electricity_allowance", "support_from_children", "remittance", "regular_donation",
          "industry_benefit", "collective_grant", "other_regular", "subsistence_allowance",
          "basic_pension"), 1, 0] },
        now("transfer_amount"),
      ],
    }),
  ],
};

const heads = {
  reduce: [
    the("member"),
    {
      "+": [
        the("accumulator"),
        { if: [oneOf("member_change", "none", "married_in", "newborn", "moved_in"), 1, 0] },
      ],
    },
    0,
  ],
};

const ofSchoolAge = all(
  { ">=": [the("birth_date"), rules.school[0]] },
  { "<=": [the("birth_date"), rules.school[1]] },
);

/** A JsonLogic rule for each check, in the order of the standard. */
export const logic = [
  // Not `net > line × heads`: compiled, json-logic-engine 5.0.7 throws NaN at that.
  all(
    { ">": [heads, 0] },
    { ">": [{ "-": [net, { "*": [rules.line, heads] }] }, 0] },
    the("income_is_stable"),
  ),
  all(the("eats_enough"), the("eats_protein")),
  all(the("has_seasonal_clothes"), the("has_change_of_clothes"), the("has_winter_bedding")),
  not({ some: [the("member"), all(registered, ofSchoolAge, not(any(
    is("school_status", "in_school", "sent_teaching", "finished_grade9", "dropped_other"),
    all(is("school_status", "deferred", "suspended_ill", "unable"), the("school_document")),
  )))] }),
  not({ some: [the("member"), all(registered, not(any(
    is("special_status", "soldier"),
    the("resident_insurance"),
    the("employee_insurance"),
    the("commercial_insurance"),
    is("insurance_excuse", "newborn", "soldier", "prisoner", "not_needed_now"),
  )))] }),
  any(
    is("relocation", "keys", "moved_in"),
    all(is("relocation", "none"), any(
      is("house_grade", "A", "B"),
      all(is("house_grade", "ungraded"), not(is("home_kind", "none")), the("grading_is_safe")),
      all(is("renovation", "accepted"), { "<=": [the("renovation_date"), rules.checked] }),
      all(
        is("home_kind", "with_children", "with_relatives", "rented", "leased_farmhouse",
          "public_rental", "shared_court", "care_home"),
        the("home_is_secured"),
      ),
    )),
  ),
  all(
    { ">=": [the("water_litres"), rules.litres] },
    any(
      is("water_test", "passed"),
      all(is("water_test", "none"), the("water_is_clear"), the("water_smells_normal"),
        the("water_tastes_normal"), the("water_is_harmless")),
    ),
    any(
      the("water_tap"),
      { "<=": [the("water_minutes"), rules.minutes] },
      all(
        { "<=": [the("water_horizontal"), rules.horizontal] },
        { "<=": [the("water_vertical"), rules.vertical] },
      ),
    ),
    { "<=": [the("water_short_days"), rules.days] },
  ),
  the("power_connected"),
  is("broadcast_signal", "satellite", "cable", "terrestrial"),
];
