//! The plain button: most of what is on the screen can be pressed.

use yew::prelude::*;

/// A button with words on it.
pub(crate) fn button(
    class: &'static str,
    text: String,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! { <button type="button" {class} {onclick}>{text}</button> }
}
