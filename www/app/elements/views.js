// Narrow windows show one part of the page at a time.

const buttons = () => document.querySelectorAll(".views button");

/** Shows "conversation", "agent" or "activity"; on a wide window all are there anyway. */
export function showView(view) {
  document.body.dataset.view = view;
  for (const button of buttons()) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

export function startViews() {
  for (const button of buttons()) button.addEventListener("click", () => showView(button.dataset.view));
  // What is not shown cannot be skipped to, and the page's address stays what it is.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    showView("conversation");
    document.getElementById("conversation").focus();
  });
  showView("conversation");
}
