// Every act on a screen is a link or a form first; this makes them quick. Behaviour hangs on data- attributes.
import "./js/requests.js";
import "./js/ahead.js";
import "./js/panel.js";
import "./js/popups.js";
import "./js/forms.js";
import "./js/typed.js";
import "./js/draft.js";
import "./js/filter.js";
import "./js/theme.js";
import "./js/keys.js";
import "./js/palette.js";
import "./js/clock.js";
import "./js/toast.js";
import "./js/copy.js";
import "./js/select.js";
import "./js/cells.js";
import "./js/board.js";
