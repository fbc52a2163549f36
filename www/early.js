// What cannot be fetched or run is told where the form would be; when the form is there,
// its place is gone.
function isStuck() {
  const told = document.getElementById("stuck");
  if (!told) return;
  told.hidden = false;
  document.querySelectorAll(".bar, .top-line").forEach((opening) => opening.remove());
}
addEventListener("error", isStuck, true);
addEventListener("unhandledrejection", isStuck);
if (!("noModule" in HTMLScriptElement.prototype)) addEventListener("load", isStuck);

// Before anything is drawn: whether something is kept on this device (`keep.js` says so).
try {
  if (localStorage.ruhu) document.documentElement.className = "kept";
} catch {
  document.documentElement.className = "kept";
}
