// Runs before the first paint: the SPA and the dashboard share one choice of colours, kept by each under its own name.
(function () {
  var ours = "lernejo.theme";
  var mantines = "mantine-color-scheme-value";
  var choice = null;
  try {
    choice = localStorage.getItem(ours);
    localStorage.setItem(mantines, choice === "light" || choice === "dark" ? choice : "auto");
  } catch {
    // Storage may be closed (private window, school policy): follow the system then.
  }
  var isDark =
    choice === "dark" || (choice !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", isDark ? "dark" : "light");

  // While the click is on its way down: on its way up React has already replaced the icon that was clicked.
  document.addEventListener(
    "click",
    function (event) {
      if (!event.target.closest("#theme-toggle")) return;
      // After Mantine has heard it.
      setTimeout(function () {
        try {
          localStorage.setItem(ours, localStorage.getItem(mantines));
        } catch {
          // The choice lives until the page is left.
        }
      });
    },
    true,
  );
})();
