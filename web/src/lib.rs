//! The boundary between the form and the page that shows it.
use wasm_bindgen::prelude::*;
use yew::prelude::*;

#[component]
fn Hello() -> Html {
    html! { <h1>{"入户"}</h1> }
}

/// Draws the form into the element `#ruhu`.
#[wasm_bindgen(start)]
pub fn start() {
    yew::Renderer::<Hello>::new().render();
}
