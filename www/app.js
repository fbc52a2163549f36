// Starts the form, and gives the page three functions of it.
import init, { load, record, report, start } from "./{{ruhu_web.js}}";

init().then(() => {
  start();
  window.ruhu = { load, record, report };
});
