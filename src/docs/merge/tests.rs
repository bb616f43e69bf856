use super::*;

#[test]
fn both_sides_are_kept() {
    let table = [
        ("", "a", "b", "ab"),
        ("one two", "one two three", "zero one two", "zero one two three"),
        ("the old plan", "the new plan", "the old plan, revised", "the new plan, revised"),
        ("remove this word", "remove word", "remove this long word", "remove long word"),
        ("ក ខ គ", "ក ខ ឃ គ", "ក គ", "ក ឃ គ"),
        ("Hà Nội 😀", "Hà Nội 😀😃", "Hà Nội, tháng 8 😀", "Hà Nội, tháng 8 😀😃"),
        ("😀", "😁", "😀😂", "😁😂"),
        ("same", "same", "other", "other"),
        ("gone", "", "gone", ""),
    ];
    for (base, mine, theirs, merged) in table {
        assert_eq!(three_way(base, mine, theirs), merged, "{base:?} {mine:?} {theirs:?}");
    }
}

#[test]
fn splices_are_carried_over_a_rewritten_text() {
    let splice = |at, delete, insert: &str| Splice { at, delete, insert: insert.to_owned() };
    let splices = [splice(4, 3, "TWO"), splice(0, 0, "😀 "), splice(16, 0, "!")];
    assert_eq!(spliced("one two three", &splices), Ok("😀 one TWO three!".to_owned()));
    for (current, expected) in [
        ("one two three", "😀 one TWO three!"),
        ("one and two and three", "😀 one and TWO and three!"),
        ("", "😀 TWO!"),
        ("three", "😀 TWO three!"),
    ] {
        let carried = carry("one two three", &splices, current).expect("they fit their base");
        let said: String = spliced(current, &carried).expect("they fit");
        for word in ["😀", "TWO", "!"] {
            assert!(said.contains(word), "{current:?} became {said:?}");
        }
        if current.contains("one") {
            assert_eq!(said, expected);
        }
    }
    assert!(carry("a😀", &[splice(2, 1, "")], "a😀").is_err(), "half a character");
}

#[test]
fn long_texts_are_compared_in_good_time() {
    let base: String = (0..6_000).map(|n| format!("word{n} ")).collect();
    let other: String = (0..6_000).map(|n| format!("mot{} ", n * 7)).collect();
    let start = std::time::Instant::now();
    let merged = three_way(&base, &format!("{base}mine"), &other);
    assert!(merged.ends_with("mine") && merged.starts_with("mot0 "));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// Whatever either side inserted is there once; whatever either side deleted is not.
#[test]
fn no_inserted_character_is_lost_and_no_deleted_one_comes_back() {
    let mut seed = 11_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or_default() % below
    };
    let unique = |n: usize| char::from_u32(0x2_0000 + u32::try_from(n).expect("small")).expect("a character");
    for _ in 0..2_000 {
        let mut next = random(12);
        let base: Vec<char> = (0..next).map(unique).collect();
        let mut side = |text: &[char]| {
            let mut text = text.to_vec();
            for _ in 0..random(4) {
                let start = random(text.len() + 1);
                let end = start + random(text.len() - start + 1).min(4);
                let inserted: Vec<char> = (0..random(3)).map(|n| unique(next + n)).collect();
                next += inserted.len();
                text.splice(start..end, inserted);
            }
            text
        };
        let (mine, theirs) = (side(&base), side(&base));
        let string = |chars: &[char]| chars.iter().collect::<String>();
        let merged = three_way(&string(&base), &string(&mine), &string(&theirs));
        for c in (0..next).map(unique) {
            let kept = |side: &[char]| side.contains(&c);
            // Inserted and deleted again by one side counts as never there.
            let expected = if base.contains(&c) { kept(&mine) && kept(&theirs) } else { kept(&mine) || kept(&theirs) };
            assert_eq!(merged.matches(c).count(), usize::from(expected), "{base:?} {mine:?} {theirs:?} {merged}");
        }
    }
}
