// SPDX-License-Identifier: EUPL-1.2
// Everything here makes pages quicker or kinder; every page works without it.
import "htmx.org/dist/htmx.esm.js";
import { brackets } from "./brackets.js";
import { bulk } from "./bulk.js";
import { charts } from "./charts.js";
import { confirmations } from "./confirm.js";
import { copying } from "./copy.js";
import { drafts } from "./draft.js";
import { errors } from "./errors.js";
import { files } from "./files.js";
import { filters } from "./filters.js";
import { keys, shortcuts } from "./keys.js";
import { maps } from "./maps.js";
import { menus } from "./menu.js";
import { sheets } from "./sheet.js";
import { shown } from "./shown.js";
import { trees } from "./tree.js";

confirmations();
copying();
filters();
menus();
shortcuts();

/** What belongs to elements is set up when the page opens and again for each part that is exchanged. */
function prepare(root) {
  brackets(root);
  bulk(root);
  charts(root);
  drafts(root);
  files(root);
  keys(root);
  maps(root);
  sheets(root);
  shown(root);
  trees(root);
}

prepare(document);
errors();
document.addEventListener("htmx:after:swap", () => prepare(document));
