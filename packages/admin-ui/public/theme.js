// Runs before the first paint, so that the page never shows in the other theme.
{
  const wish = localStorage.getItem("halyard.theme");
  const isDark =
    wish === "dark" || (wish !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}
