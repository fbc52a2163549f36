// The questions of the yardstick, by section: what the nine checks need and a little more.
// [fact, its words, its kind, its options or its unit]

export const lists = {
  respondent: [
    ["head", "户主"], ["adult_member", "其他成年家庭成员"], ["relative", "不同住的亲属"],
    ["neighbour", "邻居或村组干部"], ["nobody_home", "家中无人"],
  ],
  road_kind: [
    ["earth", "泥土路"], ["gravel", "砂石路"], ["concrete", "水泥路"], ["asphalt", "沥青路"],
  ],
  relation: [
    ["head", "本人或户主"], ["spouse", "配偶"], ["son", "之子"], ["daughter", "之女"],
    ["daughter_in_law", "之儿媳"], ["son_in_law", "之女婿"], ["sons_son", "之孙子"],
    ["sons_daughter", "之孙女"], ["daughters_son", "之外孙子"],
    ["daughters_daughter", "之外孙女"], ["father", "之父"], ["mother", "之母"],
    ["wifes_father", "之岳父"], ["wifes_mother", "之岳母"], ["husbands_father", "之公公"],
    ["husbands_mother", "之婆婆"], ["fathers_father", "之祖父"],
    ["fathers_mother", "之祖母"], ["mothers_father", "之外祖父"],
    ["mothers_mother", "之外祖母"], ["other", "其他"],
  ],
  sex: [
    ["male", "男"], ["female", "女"],
  ],
  member_change: [
    ["none", "无变更（在册）"], ["married_in", "嫁入"], ["newborn", "新生儿"],
    ["moved_in", "其他转入"], ["died", "死亡"], ["married_out", "嫁出"],
    ["emigrated", "出国定居"], ["imprisoned", "判刑收监"], ["moved_out", "其他转出"],
  ],
  special_status: [
    ["none", "无"], ["soldier", "现役军人"], ["prisoner", "服刑人员"],
  ],
  school_status: [
    ["in_school", "在校"], ["sent_teaching", "送教上门"], ["not_yet", "未到入学年龄"],
    ["deferred", "延缓入学"], ["suspended_ill", "因病休学"], ["unable", "因身体原因不具备学习条件"],
    ["finished_grade9", "已完成九年义务教育"], ["dropped_poverty", "因贫失学辍学"],
    ["dropped_other", "其他原因失学辍学"], ["past_age", "超过义务教育年龄，未完成学业"],
  ],
  insurance_excuse: [
    ["none", "无正当原因"], ["newborn", "新生儿，正在办理"], ["soldier", "现役军人"],
    ["prisoner", "服刑人员"], ["not_needed_now", "暂不需参保"],
  ],
  stable_source: [
    ["land", "种植（耕地、经济林等）"], ["business_premises", "经营门店或手艺"],
    ["livestock", "成规模养殖"], ["work_away", "务工满6个月"], ["public_post", "公益性岗位"],
    ["pension_or_support", "养老、低保等保障性收入"], ["property", "租金或分红"], ["other", "其他"],
    ["none", "没有"],
  ],
  wage_kind: [
    ["employment", "务工"], ["casual", "零工"], ["public_post", "公益性岗位"],
    ["village_post", "村组干部报酬"], ["other", "其他"],
  ],
  work_place: [
    ["in_township", "乡镇内"], ["in_county", "乡镇外县内"], ["in_province", "县外省内"],
    ["out_of_province", "省外"], ["other", "其他"],
  ],
  business_kind: [
    ["grain", "粮食作物"], ["fruit", "水果"], ["vegetables", "蔬菜"], ["tea", "茶叶"],
    ["other_crop", "其他种植"], ["timber", "木材"], ["bamboo", "竹笋竹材"],
    ["other_forestry", "其他林业"], ["livestock", "牲畜"], ["poultry", "家禽"],
    ["special_livestock", "特色养殖"], ["aquaculture", "水产"], ["trade", "商贸运输"],
    ["services", "餐饮等服务"], ["other", "其他"],
  ],
  property_kind: [
    ["land_rent", "土地流转租金"], ["house_rent", "房屋租金"], ["share_dividend", "入股分红"],
    ["collective_dividend", "村集体分红"], ["asset_return", "资产收益"], ["interest", "利息"],
    ["land_compensation", "征地补偿"], ["other", "其他"],
  ],
  transfer_kind: [
    ["basic_pension", "城乡居民基本养老金"], ["employee_pension", "职工退休养老金"],
    ["subsistence_allowance", "低保金"], ["destitute_support", "特困（五保）供养金"],
    ["old_age_allowance", "高龄补贴"], ["disability_living_allowance", "困难残疾人生活补贴"],
    ["disability_care_allowance", "重度残疾人护理补贴"], ["care_allowance", "其他护理补贴"],
    ["orphan_allowance", "孤儿、困境儿童生活费"], ["veteran_allowance", "优抚补助"],
    ["family_planning_award", "计划生育奖励扶助金"],
    ["family_planning_support", "计划生育特别扶助金"], ["farm_subsidy", "农业补贴（含粮食直补）"],
    ["forest_return_subsidy", "退耕还林补助"], ["ecology_compensation", "生态补偿金"],
    ["grassland_subsidy", "草原补助奖励"], ["reservoir_support", "水库移民后期扶持"],
    ["electricity_allowance", "低保电量补贴"], ["support_from_children", "子女赡养费"],
    ["remittance", "非家庭成员经常寄带回"], ["regular_donation", "经常性捐赠"],
    ["industry_benefit", "产业扶贫受益"], ["collective_grant", "村集体发放"],
    ["other_regular", "其他经常性收入"], ["education_aid", "教育资助金"],
    ["vocational_aid", "雨露计划补助"], ["medical_reimbursement", "医疗费报销"],
    ["medical_aid", "医疗救助"], ["relocation_subsidy", "易地扶贫搬迁补助"],
    ["house_repair_subsidy", "危房改造补助"], ["pen_subsidy", "圈舍改造补助"],
    ["temporary_relief", "临时救助"], ["disaster_relief", "灾害救助"],
    ["consolation", "慰问金、慰问物资"], ["gift", "礼金、赠送"], ["loan", "借款、贷款"],
    ["other_one_off", "其他一次性收入"],
  ],
  food_source: [
    ["own_produce", "自产"], ["bought", "购买"], ["both", "自产和购买"],
    ["care_home", "供养机构供应"], ["relief", "主要靠救济"],
  ],
  home_kind: [
    ["own", "自有住房"], ["with_children", "与子女同住"], ["with_relatives", "投亲靠友"],
    ["rented", "租房"], ["leased_farmhouse", "租用闲置农房"],
    ["public_rental", "公租房、集体公租房"], ["shared_court", "幸福大院"],
    ["care_home", "敬老院等供养机构"], ["none", "无房可住"],
  ],
  house_grade: [
    ["A", "A级"], ["B", "B级"], ["C", "C级（局部危房）"], ["D", "D级（整幢危房）"],
    ["ungraded", "未鉴定"],
  ],
  renovation: [
    ["none", "未改造"], ["underway", "正在改造"], ["accepted", "已改造并验收合格"],
  ],
  relocation: [
    ["none", "不是搬迁户"], ["planned", "已列入计划"], ["built", "新房已建成，未交钥匙"],
    ["keys", "已交钥匙，未入住"], ["moved_in", "已入住"],
  ],
  water_source: [
    ["large_works", "大型集中供水"], ["small_works", "小型集中供水"], ["spring", "山泉水"],
    ["well", "井水"], ["cistern", "水窖集雨"], ["river", "河沟水"], ["other", "其他"],
  ],
  water_test: [
    ["passed", "检测合格"], ["failed", "检测不合格"], ["none", "没有检测"],
  ],
  broadcast_signal: [
    ["satellite", "直播卫星"], ["cable", "有线"], ["terrestrial", "地面数字"],
    ["none", "收不到"],
  ],
};

export const sections = [
  { id: "visit", of: "household", name: "走访与户情", facts: [
    ["township", "乡（镇）", "text"],
    ["village", "行政村", "text"],
    ["village_group", "村民小组", "text"],
    ["household_number", "户编号", "text"],
    ["household_phone", "联系电话", "text"],
    ["surveyor_name", "走访人", "text"],
    ["respondent", "回答人", "choice", lists.respondent],
    ["road_kind", "入户路", "choice", lists.road_kind],
  ] },
  { id: "members", of: "member", name: "家庭成员", facts: [
    ["member_name", "姓名", "text"],
    ["relation", "与户主关系", "choice", lists.relation],
    ["sex", "性别", "choice", lists.sex],
    ["member_change", "人员变更", "choice", lists.member_change],
    ["birth_date", "出生日期", "date"],
    ["special_status", "特殊身份", "choice", lists.special_status],
    ["school_status", "就学状态", "choice", lists.school_status],
    ["school_document", "有证明或批准文件", "yes"],
    ["resident_insurance", "已参加居民医保", "yes"],
    ["employee_insurance", "已参加职工医保", "yes"],
    ["commercial_insurance", "有商业医疗保险", "yes"],
    ["insurance_excuse", "未参保的原因", "choice", lists.insurance_excuse],
  ] },
  { id: "income", of: "household", name: "收入情况", facts: [
    ["income_is_stable", "收入来源稳定", "yes"],
    ["stable_source", "主要稳定收入来源", "choice", lists.stable_source],
    ["has_income_project", "有增收项目", "yes"],
  ] },
  { id: "wage", of: "wage", name: "工资性收入", facts: [
    ["wage_kind", "工资类别", "choice", lists.wage_kind],
    ["wage_place", "做工地点", "choice", lists.work_place],
    ["wage_months", "做工月数", "number", "个月"],
    ["wage_amount", "工资总额", "number", "元/年"],
    ["wage_living_cost", "在外租房生活费", "number", "元/年"],
  ] },
  { id: "business", of: "business", name: "生产经营性收入", facts: [
    ["business_kind", "经营类别", "choice", lists.business_kind],
    ["business_revenue", "出售收入", "number", "元/年"],
    ["business_in_kind", "自用实物折算", "number", "元/年"],
    ["business_cost", "经营支出", "number", "元/年"],
  ] },
  { id: "property", of: "property", name: "财产性收入", facts: [
    ["property_kind", "财产类别", "choice", lists.property_kind],
    ["property_amount", "财产性收入金额", "number", "元/年"],
  ] },
  { id: "transfer", of: "transfer", name: "转移性收入", facts: [
    ["transfer_kind", "转移收入类别", "choice", lists.transfer_kind],
    ["transfer_amount", "领取金额", "number", "元/年"],
  ] },
  { id: "food", of: "household", name: "吃不愁", facts: [
    ["eats_enough", "一日三餐吃得饱", "yes"],
    ["eats_protein", "能吃上肉蛋奶或豆制品", "yes"],
    ["food_source", "口粮来源", "choice", lists.food_source],
  ] },
  { id: "clothing", of: "household", name: "穿不愁", facts: [
    ["has_seasonal_clothes", "四季有应季衣服", "yes"],
    ["has_change_of_clothes", "有换洗衣服", "yes"],
    ["has_winter_bedding", "有御寒被褥", "yes"],
  ] },
  { id: "housing", of: "household", name: "住房安全", facts: [
    ["home_kind", "现住房来源", "choice", lists.home_kind],
    ["home_is_secured", "该住处安全、有保障", "yes"],
    ["house_grade", "房屋安全等级", "choice", lists.house_grade],
    ["grading_is_safe", "鉴定或评定结果为A级或B级", "yes"],
    ["renovation", "危房改造", "choice", lists.renovation],
    ["renovation_date", "验收日期", "date"],
    ["relocation", "易地扶贫搬迁", "choice", lists.relocation],
  ] },
  { id: "water", of: "household", name: "安全饮用水", facts: [
    ["water_source", "饮水来源", "choice", lists.water_source],
    ["water_tap", "自来水入户", "yes"],
    ["water_litres", "每人每天可用水量", "number", "升/人·天"],
    ["water_is_clear", "看不到杂质和异色", "yes"],
    ["water_smells_normal", "无异味", "yes"],
    ["water_tastes_normal", "口感正常", "yes"],
    ["water_is_harmless", "长期饮用无不良反应", "yes"],
    ["water_test", "水质检测", "choice", lists.water_test],
    ["water_minutes", "取水往返时间", "number", "分钟"],
    ["water_horizontal", "取水水平距离", "number", "米"],
    ["water_vertical", "取水垂直高差", "number", "米"],
    ["water_short_days", "全年缺水天数", "number", "天/年"],
  ] },
  { id: "power", of: "household", name: "生活用电", facts: [
    ["power_connected", "已通生活用电", "yes"],
    ["power_is_enough", "常用电器能正常使用", "yes"],
  ] },
  { id: "broadcast", of: "household", name: "广播电视", facts: [
    ["broadcast_signal", "广播电视信号", "choice", lists.broadcast_signal],
    ["has_tv", "有电视机", "yes"],
  ] },
];

// The checks, with what a surveyor calls them.
export const checks = [
  ["income", "一超"],
  ["food", "吃不愁"],
  ["clothing", "穿不愁"],
  ["schooling", "义务教育有保障"],
  ["medical", "基本医疗有保障"],
  ["housing", "住房安全有保障"],
  ["water", "有安全饮用水"],
  ["power", "有生活用电"],
  ["broadcast", "有广播电视"],
];
