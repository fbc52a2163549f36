// Starts the form, and gives the page four functions of it.
import init, { answer, load, record, report, start } from "./{{ruhu_web.js}}";

init().then(() => {
  start();
  window.ruhu = { answer, load, record, report };
});
