// Before anything is drawn: whether something is kept on this device (`keep.js` says so).
try {
  if (localStorage.ruhu) document.documentElement.className = "kept";
} catch {
  document.documentElement.className = "kept";
}
