//! Tables as offices have them.

use std::fs;

use ruhu_core::{FIRST_STANDARD, Library};

use crate::{ruhu, scratch};

const HEAD: &str =
    "记录编号,退出标准,退出年度,核查日期,行政村,一日三餐吃得饱,eats_protein,姓名,性别\n";

/// The same households as records.
const RECORDS: &str = concat!(
    r#"{"ruhu":1,"id":"h1","standard":"sichuan-household-2016","year":2017,"date":"2017-10-15","answers":{"village":"东村,一组","eats_enough":"是","eats_protein":"no"},"lists":{"member":{"complete":true,"rows":[{"key":1,"answers":{"member_name":"甲","sex":"male"}},{"key":2,"answers":{"member_name":"乙","sex":"female"}}]}}}"#,
    "\n",
    r#"{"ruhu":1,"id":"h2","standard":"sichuan-household-2016","year":2017,"date":"2017-10-15","answers":{"eats_enough":{"unknown":"does_not_know"},"eats_protein":"yes"},"lists":{"member":{"complete":true,"rows":[{"key":1,"answers":{"member_name":"丙\n(丁)"}}]}}}"#,
    "\n",
);

fn table() -> String {
    [
        HEAD,
        "h1,sichuan-household-2016,2017,2017-10-15,\"东村,一组\",是,no,甲,男\n",
        "h1,,,,,,,乙,女\n",
        ",,,,,,,,\n",
        "h2,sichuan-household-2016,2017,2017-10-15,,不清楚,yes,\"丙\n(丁)\",\n",
    ]
    .concat()
}

#[test]
fn a_table_is_judged_as_the_records_that_it_stands_for() {
    let wanted = ruhu(&["assess"], RECORDS);
    assert_eq!(wanted.code, 0, "{}", wanted.told);
    let (first, rest) = HEAD.split_once(',').unwrap();
    let quoted = table().replacen(HEAD, &format!("\"{first}\",{rest}"), 1);
    for given in [
        table(),
        ["\u{feff}", &table()].concat(),
        ["\u{feff}", &quoted].concat(),
        table().replace('\n', "\r\n"),
    ] {
        // A line break within quotes is the text's own.
        let given = given.replace("丙\r\n", "丙\n");
        let found = ruhu(&["assess", "--csv"], &given);
        assert_eq!(found.code, 0, "{}", found.told);
        assert_eq!(found.out, wanted.out);
    }
}

#[test]
fn a_file_is_a_table_by_its_name_also_in_another_language_and_in_threads() {
    let file = scratch("tables").join("visits.CSV");
    fs::write(&file, table()).unwrap();
    let file = file.to_str().unwrap();
    let words = ["assess", "--decide", "--jobs", "2", "--quiet"];
    let found = ruhu(&[&words[..], &[file]].concat(), "");
    assert_eq!(found.out, ruhu(&["assess", "--decide"], RECORDS).out);
    let setting = ["--standard", "sichuan-household-2016", "--date", "2017-10-15"];
    let call = ["assess", "--csv", "--decide", "--language", "en"];
    let found = ruhu(&[&call[..], &setting].concat(), "Record,Village\na,b\n");
    assert_eq!((found.code, &found.json()[0]["id"]), (0, &"a".into()), "{}", found.told);
}

/// A county's edition of a standard that ships has its id, and words of its own.
#[test]
fn a_countys_edition_says_what_the_words_of_a_table_mean() {
    let id = "leshan-household-2017";
    let text = Library::builtin().unwrap().text(id).unwrap();
    let mut own: serde_json::Value = serde_json::from_str(&text).unwrap();
    own["words"]["zh-CN"]["fact.village"] = "本县村名".into();
    let path = scratch("edition").join("own.json");
    fs::write(&path, own.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let given = format!("id,standard,date,本县村名\na,{id},2017-10-15,东村\n");
    for words in
        [&["--with", path][..], &["--standard", path], &["--with", path, "-s", id]]
    {
        let call = [&["assess", "--csv", "--decide"], words].concat();
        let found = ruhu(&call, &given);
        assert_eq!((found.code, found.told.as_str()), (0, ""), "{words:?}");
    }
    let found = ruhu(&["assess", "--csv", "--with", path, "-s", FIRST_STANDARD], &given);
    assert_eq!(found.code, 2, "{}", found.out);
}

#[test]
fn a_head_that_says_nothing_known_is_told_before_anything_is_judged() {
    for (head, says) in [
        ("id,foo\n", "foo"),
        ("id,姓名,工资总额\n", "member"),
        ("姓名,性别\n", "`id`"),
        ("id,行政村,village\n", "village"),
    ] {
        let found = ruhu(&["assess", "--csv"], head);
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{head}");
        assert!(found.told.contains(says), "{head}: {}", found.told);
    }
}

#[test]
fn a_row_that_cannot_be_taken_is_told_and_the_others_are_judged() {
    let given = [
        HEAD,
        "a,sichuan-household-2016,2017,2017-10-15,东村,是\n",
        "b,sichuan-household-2016,2017,2017-10-15,东村,是,是,甲,男\n",
        "b,,,,西村,,,乙,女\n",
        "c,sichuan-household-2016,2017,2017-10-15,东村,是,是,丙,男\n",
    ]
    .concat();
    let found = ruhu(&["assess", "--csv", "--decide"], &given);
    let all = found.json();
    assert_eq!((found.code, all.len()), (1, 3), "{}", found.told);
    assert_eq!(all[0]["refused"], "table");
    assert_eq!(all[1]["refused"], "table");
    assert!(all[1]["text"].as_str().unwrap().contains("西村"), "{}", all[1]);
    assert_eq!(all[2]["id"], "c");
    assert!(found.told.contains("-:2:") && found.told.contains("-:3:"), "{}", found.told);
}

#[test]
fn no_household_is_judged_by_a_part_of_its_rows() {
    let whole = "sichuan-household-2016,2017,2017-10-15,东村,是,是";
    let given = [
        HEAD.to_owned(),
        format!(",{whole},甲,男\n"),
        format!("a,{whole},甲,男\n"),
        "a,,,,,,,乙\n".to_owned(),
        "a,,,,,,,丙,男\n".to_owned(),
        format!("b,{whole},甲,男\n"),
        ",,,,,,,乙,女\n".to_owned(),
        format!("c,{whole},丙,男\n"),
        format!("b,{whole},丁,男\n"),
    ]
    .concat();
    let found = ruhu(&["assess", "--csv", "--decide"], &given);
    let all = found.json();
    let refused: Vec<bool> = all.iter().map(|one| one["refused"] == "table").collect();
    assert_eq!(refused, [true, true, false, false, true], "{}", found.told);
    for line in ["-:2:", "-:4:", "-:9:"] {
        assert!(found.told.contains(line), "{line}: {}", found.told);
    }
    // Whose name stands in the first of merged cells alone has both members.
    let whole = ruhu(&["assess", "--csv"], &given).json();
    assert!(whole[2].to_string().contains("乙"), "{}", whole[2]);
}

/// Where one is not closed, a household would have answers of those below it.
#[test]
fn a_quote_that_is_not_closed_makes_no_household_of_several() {
    let head = "id,standard,date,village,eats_enough\n";
    let row = |id: &str, village: &str| {
        format!("{id},sichuan-household-2016,2017-10-15,{village},是\n")
    };
    let given = [head, &row("a", "东村"), &row("b", "\"东\"村"), &row("c", "\"东村")];
    let rest = [row("d", "东村"), row("e", "\"西村\""), row("f", "西村")].concat();
    for rest in [rest.as_str(), ""] {
        let given = [&given.concat(), rest].concat();
        let found = ruhu(&["assess", "--csv", "--decide"], &given);
        let all = found.json();
        assert_eq!((found.code, all.len()), (1, 3), "{}", found.told);
        assert_eq!(all[0]["id"], "a");
        assert_eq!(
            (&all[1]["refused"], &all[2]["refused"]),
            (&"table".into(), &"table".into())
        );
        let told: Vec<&str> = found.told.lines().collect();
        assert!(told[0].starts_with("-:3: ") && told[1].starts_with("-:4: "), "{told:?}");
        assert!(told[1].contains("第4行"), "{told:?}");
    }
    let found = ruhu(&["assess", "--csv"], "id,\"village\na,b\n");
    assert_eq!((found.code, found.out.as_str()), (2, ""));
    assert!(found.told.contains("-: 第1行"), "{}", found.told);
}

/// What is refused is read past, and not kept.
#[test]
fn a_row_and_a_household_that_are_too_large_are_refused_and_the_rest_is_judged() {
    let whole = "sichuan-household-2016,2017,2017-10-15,东村,是,是";
    let long = "甲".repeat(18_000_000);
    let member = format!(",,,,,,,{},男\n", "乙".repeat(1_000));
    let rows = [
        HEAD.to_owned(),
        format!("a,{whole},\"{long}\n\",男\n"),
        format!("b,{whole},甲,男\n"),
        format!("c,{whole},甲,男\n"),
        member.repeat(6_000),
        format!("d,{whole},甲,男\n"),
    ];
    let found = ruhu(&["assess", "--csv", "--decide"], &rows.concat());
    let all = found.json();
    assert_eq!((found.code, all.len()), (1, 4), "{}", found.told);
    let refused: Vec<_> = all.iter().map(|one| one["refused"].as_str()).collect();
    assert_eq!(refused, [Some("too_large"), None, Some("too_large"), None]);
    // What is too large for the core was not kept for it to say so.
    for one in [&all[0], &all[2]] {
        assert!(one["text"].as_str().unwrap().contains("引号"), "{one}");
    }
    assert!(found.told.starts_with("-:2: "), "{}", found.told);
}

/// Behind a comma too much its `id` may be the village, and the household below may be its.
#[test]
fn a_row_that_may_be_anybodys_refuses_both_that_it_may_belong_to() {
    let head = "行政村,id,standard,date,姓名\n";
    let row = |village: &str, id: &str, name: &str| {
        format!("{village},{id},sichuan-household-2016,2017-10-15,{name}\n")
    };
    let given = [
        head.to_owned(),
        row("东村", "a", "甲"),
        row("东村,一组", "b", "乙"),
        row("东村", "b", "丙"),
        row("东村", "c", "丁"),
        row("东村", "a", "戊"),
    ];
    let found = ruhu(&["assess", "--csv", "--decide"], &given.concat());
    let all = found.json();
    let refused: Vec<_> = all.iter().map(|one| one["refused"].as_str()).collect();
    let table = Some("table");
    // Whose rows stand apart has stood there also where it was refused.
    assert_eq!(refused, [table, table, None, table], "{}", found.told);
    for line in ["-:3: ", "-:4: 第3行", "-:6: "] {
        assert!(found.told.contains(line), "{line}: {}", found.told);
    }
}

#[test]
fn what_is_no_utf8_is_told() {
    let file = scratch("gbk").join("gbk.csv");
    let mut bytes = b"id,village,standard,date\nh1,".to_vec();
    bytes.extend([0xB6, 0xAB, 0xB4, 0xE5]);
    bytes.extend(
        b",sichuan-household-2016,2017-10-15\nh2,x,sichuan-household-2016,2017-10-15\n",
    );
    fs::write(&file, bytes).unwrap();
    let found = ruhu(&["assess", "--decide", file.to_str().unwrap()], "");
    let all = found.json();
    assert_eq!((found.code, all.len()), (1, 2), "{}", found.told);
    assert_eq!(all[0]["refused"], "not_text");
    assert_eq!(all[1]["id"], "h2");
}
