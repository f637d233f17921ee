// SPDX-License-Identifier: EUPL-1.2
// Everything here makes pages quicker or kinder; every page works without it.
import "htmx.org/dist/htmx.esm.js";
import { bulk } from "./bulk.js";
import { charts } from "./charts.js";
import { confirmations } from "./confirm.js";
import { copying } from "./copy.js";
import { drafts } from "./draft.js";
import { errors } from "./errors.js";
import { files } from "./files.js";
import { filters } from "./filters.js";
import { maps } from "./maps.js";
import { menus } from "./menu.js";

confirmations();
copying();
filters();
menus();

/** What belongs to elements is set up when the page opens and again for each part that is exchanged. */
function prepare(root) {
  bulk(root);
  charts(root);
  drafts(root);
  files(root);
  maps(root);
}

prepare(document);
errors();
document.addEventListener("htmx:after:swap", () => prepare(document));
