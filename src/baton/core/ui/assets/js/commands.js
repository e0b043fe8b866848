// Keys that belong to no button: what is pressed, how it is shown under "?", and where it works. Those of buttons stand on them, as data-key.
const control = (event) => event.ctrlKey || event.metaKey;

export const COMMANDS = {
  search: { shown: ["Ctrl", "K"], hit: (event) => control(event) && event.key.toLowerCase() === "k", where: "b-palette" },
  send: { shown: ["Ctrl", "↵"], hit: (event) => control(event) && event.key === "Enter", where: "main form" },
  leave: { shown: ["Esc"], hit: (event) => event.key === "Escape", where: "main" },
  pick: { shown: ["1", "…", "9"], hit: (event) => /^[0-9]$/.test(event.key), where: "[popover] .menu-item, [popover] [type=radio]" },
  make: { shown: ["N"], hit: (event) => event.key === "n", where: ".top a.button.primary:has([href$='#plus'])" },
  walk: { shown: ["J", "K"], hit: (event) => /^[jk]$/i.test(event.key), where: ".list-table .first a" },
  tick: { shown: ["X"], hit: (event) => /^x$/i.test(event.key), where: ".selection" },
  acts: { shown: ["B"], hit: (event) => /^b$/i.test(event.key), where: ".selection" },
  move: { shown: ["M"], hit: (event) => event.key === "m", where: "b-board" },
  lift: { shown: ["Space"], hit: (event) => event.key === " ", where: "b-board" },
  order: { shown: ["Alt", "↑ ↓"], hit: (event) => event.altKey && /^Arrow(Up|Down)$/.test(event.key), where: "[data-pin]" },
  step: { shown: ["Shift", "← →"], hit: (event) => event.shiftKey && /^Arrow(Left|Right)$/.test(event.key), where: "b-board" },
};
