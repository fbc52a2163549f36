//! What a person types is read exactly, or refused with the reason: never guessed.

use proptest::prelude::*;
use ruhu_core::Mask;
use ruhu_core::read::{
    Problem, date, date_text, disability_certificate, id_number, measured, number, text,
};

#[path = "reading/dates.rs"]
mod dates;

#[test]
fn numbers_are_read_as_people_type_them() {
    for (typed, decimals, read) in [
        ("0", 0, 0),
        ("3300", 2, 330_000),
        ("3300.5", 2, 330_050),
        ("３，３００．５０", 2, 330_050),
        ("  42 ", 0, 42),
        ("　42\n", 0, 42),
        ("\u{feff}42\u{200b}", 0, 42),
        ("+7", 0, 7),
        ("-7", 0, -7),
        ("－ 7", 0, -7),
        ("−7.5", 1, -75),
        ("007", 0, 7),
        (".5", 1, 5),
        ("5.", 1, 50),
        ("3。5", 1, 35),
        ("2.0", 0, 2),
        ("2.500", 1, 25),
        ("1,234", 0, 1_234),
        ("12,345,678.9", 1, 123_456_789),
        ("2万", 0, 20_000),
        ("2 万 元", 2, 2_000_000),
        ("1.5万", 0, 15_000),
        ("1.23456万", 1, 123_456),
        ("1,000万", 0, 10_000_000),
        ("-０．３亿", 0, -30_000_000),
        ("1萬", 0, 10_000),
        ("1億", 0, 100_000_000),
        ("¥3000", 2, 300_000),
        ("￥-3", 0, -3),
        ("-¥3元", 0, -3),
        ("3 亩", 1, 30),
        ("25㎡", 0, 25),
        ("5口人", 0, 5),
        ("220V", 0, 220),
        ("0", u8::MAX, 0),
        ("9223372036854775807", 0, i64::MAX),
        ("-9223372036854775808", 0, i64::MIN),
        ("92233720368547758.07", 2, i64::MAX),
    ] {
        assert_eq!(number(typed, decimals), Ok(read), "{typed}");
    }
}

#[test]
fn numbers_that_would_be_guesses_are_refused() {
    use Problem::*;
    for (typed, decimals, problem) in [
        ("", 0, NotANumber),
        (".", 0, NotANumber),
        ("-", 0, NotANumber),
        ("万", 0, NotANumber),
        ("约30", 0, NotANumber),
        ("三十", 0, NotANumber),
        ("12a", 0, NotANumber),
        ("1e5", 0, NotANumber),
        ("0x10", 0, NotANumber),
        ("1 2", 0, NotANumber),
        ("1、234", 0, NotANumber),
        ("1.2.3", 2, NotANumber),
        ("--1", 0, NotANumber),
        ("¥¥1", 0, NotANumber),
        ("¥3亩", 0, NotANumber),
        ("3-5", 0, NotANumber),
        ("2万亿", 0, NotANumber),
        ("3元5角", 2, NotANumber),
        ("5分", 2, NotANumber),
        ("٣", 0, NotANumber),
        ("NaN", 0, NotANumber),
        ("3,5", 0, Commas),
        ("12,34", 0, Commas),
        ("1234,567", 0, Commas),
        ("1,234,", 0, Commas),
        (",234", 0, Commas),
        ("0,123", 0, Commas),
        ("1.234,567", 2, Commas),
        ("3万5", 0, AfterMyriad),
        ("3万5000", 0, AfterMyriad),
        ("1亿2千万", 0, AfterMyriad),
        ("1.234", 2, Decimals { most: 2 }),
        ("1.5", 0, NotWhole),
        ("1.23456万", 0, NotWhole),
        ("1.000000000000000000001", 3, Decimals { most: 3 }),
        ("9223372036854775808", 0, TooBig),
        ("-9223372036854775809", 0, TooBig),
        ("99999999999999999999999", 0, TooBig),
        ("92233720368547758.08", 2, TooBig),
        ("1", u8::MAX, TooBig),
        ("1\u{202e}2", 0, BidiControls),
        ("1\u{0}", 0, ControlCharacters),
    ] {
        assert_eq!(number(typed, decimals), Err(problem), "{typed}");
    }
}

#[test]
fn the_unit_that_was_typed_is_told_so_that_kilometres_are_not_metres() {
    for (typed, unit) in [
        ("3", None),
        ("3个", None),
        ("3公里", Some("km")),
        ("3米", Some("m")),
        ("3公斤", Some("kg")),
        ("3斤", Some("jin")),
        ("3块钱", Some("yuan")),
        ("¥3", Some("yuan")),
        ("3个月", Some("month")),
    ] {
        assert_eq!(measured(typed, 0), Ok((3, unit)), "{typed}");
    }
}

#[test]
fn a_text_is_kept_within_its_length_and_without_hidden_characters() {
    assert_eq!(text("一二\n\t三\r\n", 7), Ok(()));
    assert_eq!(text("一二三四", 3), Err(Problem::TooLong { most: 3 }));
    for hidden in "\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}".chars() {
        assert_eq!(text(&format!("a{hidden}b"), 9), Err(Problem::BidiControls));
    }
    for hidden in "\0\u{7}\u{1b}\u{7f}\u{85}".chars() {
        assert_eq!(text(&format!("a{hidden}b"), 9), Err(Problem::ControlCharacters));
    }
}

#[test]
fn id_numbers_that_fit_are_read_in_any_width() {
    for (typed, text, born, male) in [
        ("11010519491231002X", "11010519491231002X", "1949-12-31", false),
        ("440524188001010014", "440524188001010014", "1880-01-01", true),
        ("511133188001010018", "511133188001010018", "1880-01-01", true),
        ("511133188001010026", "511133188001010026", "1880-01-01", false),
        (" 511133 18900808 003x ", "51113318900808003X", "1890-08-08", true),
        (
            "５１１１３３２０９８０８１５００７０",
            "511133209808150070",
            "2098-08-15",
            true,
        ),
    ] {
        let id = id_number(typed).unwrap();
        assert_eq!((id.text.as_str(), id.male), (text, male), "{typed}");
        assert_eq!(date_text(id.born), born, "{typed}");
    }
}

#[test]
fn id_numbers_that_do_not_fit_are_refused_with_the_reason() {
    use Problem::*;
    for (typed, problem) in [
        ("511133880101001", OldIdNumber),
        ("51113388010100X", IdLength { count: 15 }),
        ("51113318800101001", IdLength { count: 17 }),
        ("5111331880010100188", IdLength { count: 19 }),
        ("", IdLength { count: 0 }),
        ("51113318800101001a", IdCharacters),
        ("5111331880O1010018", IdCharacters),
        ("X11133188001010018", IdCharacters),
        ("511133188001010019", IdCheck),
        ("511133188001010081", IdCheck),
        ("51113318900808003X0", IdCharacters),
        ("511133209902290010", IdBirth),
        ("511133180002300037", IdBirth),
        ("511133\u{202e}188001010018", BidiControls),
    ] {
        assert_eq!(id_number(typed), Err(problem), "{typed}");
    }
}

#[test]
fn disability_certificates_tell_whose_what_kind_and_how_severe() {
    let of = "511133188001010018";
    for (end, kind, level) in [("41", 4, 1), ("７４", 7, 4), ("13b1", 1, 3)] {
        let read = disability_certificate(&format!("{of}{end}")).unwrap();
        assert_eq!((read.id.text.as_str(), read.kind, read.level), (of, kind, level));
    }
    for (typed, problem) in [
        ("51113318800101001881", Problem::CertificateEnd),
        ("51113318800101001801", Problem::CertificateEnd),
        ("51113318800101001845", Problem::CertificateEnd),
        ("511133188001010018411B", Problem::CertificateEnd),
        ("51113318800101001841BB", Problem::CertificateEnd),
        ("51113318800101001941", Problem::IdCheck),
        ("511133188001010018", Problem::CertificateLength { count: 18 }),
        ("51113318800101001841B", Problem::CertificateLength { count: 21 }),
        ("五一一一三三一八八〇〇一〇一〇〇一八四一", Problem::IdCharacters),
    ] {
        assert_eq!(disability_certificate(typed), Err(problem), "{typed}");
    }
}

#[test]
fn a_mask_shows_both_ends_and_of_anything_short_only_stars() {
    let [id, phone] = [(6, 4), (3, 4)].map(|(first, last)| Mask { first, last });
    assert_eq!(id.over("511133188001010018"), "511133********0018");
    assert_eq!(id.over("51113318800101"), "511133****0101");
    assert_eq!(id.over("5111331880010"), "*************");
    assert_eq!(phone.over("13812345678"), "138****5678");
    assert_eq!(phone.over("1381234567"), "**********");
    assert_eq!(phone.over("张三"), "**");
    assert_eq!(phone.over(""), "");
    assert_eq!(Mask { first: 255, last: 255 }.over("13812345678"), "***********");
}

/// Texts near to what is read, where the corners are.
fn near() -> impl Strategy<Value = String> {
    "[0-9０-９.．。,，+－—/年月日万亿元 Xx\u{202e}]{0,24}"
}

fn read_all(text: &str) {
    for decimals in [0, 2, 18, 255] {
        let _ = measured(text, decimals);
    }
    let _ = (date(text), id_number(text), disability_certificate(text));
    let _ = ruhu_core::read::text(text, 9);
}

proptest! {
    #[test]
    fn any_text_can_be_read(any in any::<String>(), near in near()) {
        read_all(&any);
        read_all(&near);
    }

    #[test]
    fn a_number_comes_back_from_its_digits(figure: i64, decimals in 0_u8..19) {
        let size = figure.unsigned_abs().to_string();
        let size = format!("{size:0>width$}", width = usize::from(decimals).saturating_add(1));
        let (whole, part) = size.split_at(size.len().saturating_sub(decimals.into()));
        let sign = if figure < 0 { "-" } else { "" };
        let text = format!("{sign}{whole}.{part}");
        prop_assert_eq!(number(&text, decimals), Ok(figure));
    }
}
