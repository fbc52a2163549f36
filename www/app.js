// Starts the form.
import init from "./{{ruhu_web.js}}";

init();
