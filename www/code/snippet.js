// The languages of the code panel: a file of their own, which the page loads when the panel shows.
export { snippet } from "../app/activity/snippet.js";
