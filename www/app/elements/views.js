// Narrow windows show one part of the page at a time.

const buttons = () => document.querySelectorAll(".views button");

/** Shows "conversation", "agent" or "activity"; a wide window shows all of them. */
export function showView(view) {
  document.body.dataset.view = view;
  for (const button of buttons()) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

export function startViews() {
  for (const button of buttons()) button.addEventListener("click", () => showView(button.dataset.view));
  // A hidden target cannot be focused, so show it first; the page's address does not change.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    showView("conversation");
    document.getElementById("conversation").focus();
  });
  showView("conversation");
}
