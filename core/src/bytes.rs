//! Values as bytes and back: small to ship, quick to read, never a panic.
//!
//! Numbers take as many bytes as they need (seven bits a byte, the lowest first; the sign
//! is the lowest bit of a signed one); texts and lists say first how long they are.

use std::rc::Rc;

/// A value that can be written as bytes and read again.
pub(crate) trait Packed: Sized {
    fn pack(&self, into: &mut Vec<u8>);
    fn unpack(from: &mut Unpack<'_>) -> Self;
}

/// Bytes being read. What is cut short or spoilt reads as nought, and is told at the end.
#[derive(Debug)]
pub(crate) struct Unpack<'a> {
    rest: &'a [u8],
    spoilt: bool,
}

impl<'a> Unpack<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, spoilt: false }
    }

    /// The value that all the bytes are.
    pub(crate) fn whole<T: Packed>(bytes: &'a [u8]) -> Option<T> {
        let mut from = Self::new(bytes);
        let value = T::unpack(&mut from);
        from.is_whole().then_some(value)
    }

    /// Whether all the bytes were good and none is left over.
    pub(crate) fn is_whole(&self) -> bool {
        !self.spoilt && self.rest.is_empty()
    }

    pub(crate) fn spoil(&mut self) {
        self.spoilt = true;
        self.rest = &[];
    }

    /// So many bytes, as they are.
    pub(crate) fn take(&mut self, long: usize) -> &'a [u8] {
        if let Some((taken, rest)) = self.rest.split_at_checked(long) {
            self.rest = rest;
            taken
        } else {
            self.spoil();
            &[]
        }
    }

    #[inline(never)]
    pub(crate) fn number(&mut self) -> u64 {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let Some((byte, rest)) = self.rest.split_first() else { break };
            self.rest = rest;
            number |= u64::from(byte & 127).wrapping_shl(shift);
            if byte & 128 == 0 {
                return number;
            }
        }
        self.spoil();
        0
    }

    /// How many follow; never more than there are bytes left.
    pub(crate) fn length(&mut self) -> usize {
        let length = usize::unpack(self);
        if length > self.rest.len() {
            self.spoil();
            return 0;
        }
        length
    }
}

pub(crate) fn put_number(mut number: u64, into: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 127).unwrap_or_default();
        number >>= 7;
        into.push(if number == 0 { low } else { low | 128 });
        if number == 0 {
            return;
        }
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),*) => {$(
        impl Packed for $kind {
            fn pack(&self, into: &mut Vec<u8>) {
                put_number(u64::try_from(*self).unwrap_or_default(), into);
            }

            #[inline(never)]
            fn unpack(from: &mut Unpack<'_>) -> Self {
                Self::try_from(from.number()).unwrap_or_else(|_| {
                    from.spoil();
                    0
                })
            }
        }
    )*};
}

whole_numbers!(u16, u64, usize);

impl Packed for u8 {
    fn pack(&self, into: &mut Vec<u8>) {
        into.push(*self);
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        from.take(1).first().copied().unwrap_or_default()
    }
}

impl Packed for i64 {
    fn pack(&self, into: &mut Vec<u8>) {
        put_number((self.wrapping_shl(1) ^ (self >> 63)).cast_unsigned(), into);
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        let number = from.number();
        (number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg()
    }
}

impl Packed for bool {
    fn pack(&self, into: &mut Vec<u8>) {
        into.push(u8::from(*self));
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        from.take(1) == [1]
    }
}

impl Packed for String {
    fn pack(&self, into: &mut Vec<u8>) {
        self.len().pack(into);
        into.extend(self.as_bytes());
    }

    #[inline(never)]
    fn unpack(from: &mut Unpack<'_>) -> Self {
        let length = from.length();
        let text = str::from_utf8(from.take(length));
        text.map(str::to_owned).unwrap_or_else(|_| {
            from.spoil();
            Self::new()
        })
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, into: &mut Vec<u8>) {
        self.len().pack(into);
        for item in self {
            item.pack(into);
        }
    }

    #[inline(never)]
    fn unpack(from: &mut Unpack<'_>) -> Self {
        (0..from.length()).map(|_| T::unpack(from)).collect()
    }
}

impl<T: Packed> Packed for Box<[T]> {
    fn pack(&self, into: &mut Vec<u8>) {
        self.len().pack(into);
        for item in self {
            item.pack(into);
        }
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        Vec::unpack(from).into()
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, into: &mut Vec<u8>) {
        self.is_some().pack(into);
        if let Some(value) = self {
            value.pack(into);
        }
    }

    #[inline(never)]
    fn unpack(from: &mut Unpack<'_>) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Packed> Packed for Rc<T> {
    fn pack(&self, into: &mut Vec<u8>) {
        T::pack(self, into);
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        Self::new(T::unpack(from))
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, into: &mut Vec<u8>) {
        self.0.pack(into);
        self.1.pack(into);
    }

    fn unpack(from: &mut Unpack<'_>) -> Self {
        (A::unpack(from), B::unpack(from))
    }
}

/// A list in which the same few values come again and again: each of them, then which one
/// stands where.
pub(crate) fn pack_few<T: Packed + Clone + PartialEq>(items: &[T], into: &mut Vec<u8>) {
    let mut few: Vec<T> = Vec::new();
    let mut places = Vec::new();
    for item in items {
        let known = few.iter().position(|one| one == item);
        places.push(known.unwrap_or(few.len()));
        if known.is_none() {
            few.push(item.clone());
        }
    }
    few.pack(into);
    places.pack(into);
}

pub(crate) fn unpack_few<T: Packed + Clone>(from: &mut Unpack<'_>) -> Vec<T> {
    let few: Vec<T> = Packed::unpack(from);
    let places: Vec<usize> = Packed::unpack(from);
    let items: Option<Vec<T>> = places.iter().map(|at| few.get(*at).cloned()).collect();
    items.unwrap_or_else(|| {
        from.spoil();
        Vec::new()
    })
}

/// A table is its fields, one after the other.
macro_rules! packed_table {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl Packed for $name {
            fn pack(&self, into: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.pack(into);)*
            }

            fn unpack(from: &mut Unpack<'_>) -> Self {
                $(let $field = Packed::unpack(from);)*
                Self { $($field),* }
            }
        }
    )*};
}

/// One of several is its number and its parts; what is spoilt reads as one that is named.
macro_rules! packed_choice {
    ($name:ident or $spoilt:expr; {
        $($tag:literal $variant:ident
            $(( $($part:ident),* ))? $({ $($field:ident),* })?),* $(,)?
    }) => {
        impl Packed for $name {
            fn pack(&self, into: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(( $($part),* ))? $({ $($field),* })? => {
                        into.push($tag);
                        $($($part.pack(into);)*)?
                        $($($field.pack(into);)*)?
                    })*
                }
            }

            fn unpack(from: &mut Unpack<'_>) -> Self {
                match from.take(1) {
                    $([$tag] => {
                        $($(let $part = Packed::unpack(from);)*)?
                        $($(let $field = Packed::unpack(from);)*)?
                        Self::$variant $(( $($part),* ))? $({ $($field),* })?
                    })*
                    _ => {
                        from.spoil();
                        $spoilt
                    }
                }
            }
        }
    };
}

pub(crate) use {packed_choice, packed_table};
