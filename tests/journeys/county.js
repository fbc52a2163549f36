// A small standard of a county: the fields in the order in which they are written.
export function county(more = {}) {
  const standard = {
    standard: {
      id: "jia-county-2017", title: "甲县退出标准（试）", level: "county", place: "513400",
      status: "unverified", years: [2016, 2020],
    },
    source: [{ id: "A", title: "甲县文件", status: "unverified" }],
    criterion: [{
      id: "power", topic: "power", source: "A", clause: "第三条", text: "家家通电",
      met: "power_connected",
    }],
    words: { "zh-CN": { "criterion.power": "通电", "term.power": "家家通电" } },
    ...more,
  };
  return JSON.stringify(standard, null, 1);
}
