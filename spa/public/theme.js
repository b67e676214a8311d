(function () {
  var choice = null;
  try {
    choice = localStorage.getItem("lernejo.theme");
  } catch {
    // Storage may be closed (private window, school policy): follow the system then.
  }
  var dark =
    choice === "dark" || (choice !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  var meta = document.querySelector('meta[name="theme-color"]');
  if (meta) meta.setAttribute("content", dark ? "#17203A" : "#FFFBF4");
})();
