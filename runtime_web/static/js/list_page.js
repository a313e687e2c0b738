// All that the page of a list does.
import "./list.js";
import "./grouped.js";
import "./windowed.js";
import "./columns.js";
import "./headings.js";
import "./views.js";
