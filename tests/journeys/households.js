// Households that visits are made to. Nobody in them lives: 甲, 乙 and 丙.

// Everything that is asked of a household that meets the standard of 2017, by section.
export const three = {
  visit: {
    surveyor_name: "丁", township: "甲镇", village: "乙村", respondent: "head",
    household_kind: "general", registry_status: "not_exited", registered_size: "3",
    main_cause: "no_skill", arable_land: "4.5", road_kind: "concrete",
  },
  members: [
    {
      member_name: "甲", relation: "head", id_number: "511133188001010018", ethnicity: "yi",
      health: "healthy", labour: "ordinary", education: "primary", works_for_wages: "yes",
      working_where: "in_county", working_months: "10",
    },
    {
      member_name: "乙", relation: "spouse", id_number: "511133188001010026", ethnicity: "yi",
      health: "healthy", labour: "ordinary", education: "primary",
    },
    {
      member_name: "丙", relation: "daughter", birth_date: "2008-03-03", sex: "female",
      ethnicity: "yi", health: "healthy", education: "primary",
    },
  ],
  wage: [
    {
      wage_kind: "employment", wage_member: "甲", wage_place: "in_county", wage_months: "10",
      wage_amount: "1.8万", wage_living_cost: "4000",
    },
  ],
  transfer: [{ transfer_kind: "farm_subsidy", transfer_member: "甲", transfer_amount: "１２００" }],
  income: { income_is_stable: "yes", stable_source: "work_away" },
  food: { eats_enough: "yes", eats_protein: "yes", grain_months: "12" },
  clothing: {
    has_seasonal_clothes: "yes", has_change_of_clothes: "yes", has_winter_bedding: "yes",
    clothes_are_own: "yes",
  },
  schooling: { school_status: "in_school", school_stage: "primary", attends_regularly: "yes" },
  medical: { resident_insurance: "yes", employee_insurance: "no" },
  housing: {
    home_kind: "own", house_grade: "B", grade_basis: "appraised", renovation: "none",
    relocation: "none", house_area: "92.5", living_members: "3",
  },
  water: {
    water_source: "small_works", water_tap: "yes", water_litres: "40", water_is_clear: "yes",
    water_smells_normal: "yes", water_tastes_normal: "yes", water_is_harmless: "yes",
    water_test: "none", water_short_days: "0", water_region: "wet",
  },
  power: { power_connected: "yes", power_is_enough: "yes" },
  broadcast: { broadcast_signal: "satellite", receives_channels: "yes", has_tv: "yes" },
};

const member = {
  member_change: "none", special_status: "none", health: "healthy",
  resident_insurance: "yes", employee_insurance: "no",
};

const named = (name, birth_date, more = {}) =>
  ({ ...member, member_name: name, birth_date, ...more });

// The same household as a record, with so much in wages and nothing else; with more members
// where a list has to be long.
export function record({ wages = "19200", members = 3, ...more } = {}) {
  const people = [
    named("甲", "1976-03-12", { relation: "head" }), named("乙", "1979-06-20"),
    named("丙", "2008-03-03", { school_status: "in_school", school_stage: "primary" }),
  ];
  while (people.length < members) people.push(named("丁", "1950-01-01"));
  const rows = (all) => ({
    complete: true,
    rows: all.map((answers, at) => ({ key: at + 1, answers })),
  });
  return {
    ruhu: 1, id: "journey", standard: "sichuan-household-2016", year: 2017, date: "2017-10-15",
    choices: { income_line: "working" },
    answers: {
      household_kind: "general", ...three.income, ...three.food, ...three.clothing,
      ...three.housing, ...three.water, ...three.power, ...three.broadcast,
    },
    lists: {
      member: rows(people.slice(0, members)),
      wage: rows([{
        wage_kind: "employment", wage_member: "1", wage_place: "in_township",
        wage_amount: wages,
      }]),
      business: rows([]), property: rows([]), transfer: rows([]),
    },
    ...more,
  };
}
