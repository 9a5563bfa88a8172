// Runs before the first paint so that a dark console never flashes white; a file of its own because the CSP forbids inline scripts.
(() => {
  let choice = "system";
  try {
    choice = localStorage.getItem("kyma.theme") ?? "system";
  } catch {
    // Storage may be blocked; the system's theme then.
  }
  const dark =
    choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("pf-v6-theme-dark", dark);
})();
