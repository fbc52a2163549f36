const visit = document.querySelector("ruhu-visit");
visit.addEventListener("ruhu-verdict", ({ detail }) => {
  document.querySelector("#verdict").value = detail.verdict;
});
