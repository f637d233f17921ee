// SPDX-License-Identifier: EUPL-1.2
// Bars of the columns of a table (data-columns: their places, counted from 1), in the colours of the page; stacked unless
// data-stacked is "no". data-colors names a colour for each column, data-short and data-value say for a cell what its text is too long or too fine for.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

const COLORS = ["accent-base-default", "brand2-base-default", "neutral-border-subtle", "brand1-base-default", "neutral-border-strong"];

function number(cell) {
  return Number(cell.dataset.value ?? cell.textContent.replace(/[^0-9-]/g, ""));
}

export function draw(place, table) {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--ds-color-${name}`).trim();
  const columns = place.dataset.columns.split(",").map(Number);
  const colors = place.dataset.colors?.split(",") ?? COLORS;
  const stacked = place.dataset.stacked !== "no";
  const rows = [...table.tBodies[0].rows];
  const canvas = document.createElement("canvas");
  place.append(canvas);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 14;
  Chart.defaults.color = color("neutral-text-default");
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: rows.map((row) => row.cells[0].dataset.short ?? row.cells[0].textContent),
      datasets: columns.map((column, at) => ({
        label: table.tHead.rows[0].cells[column].textContent,
        data: rows.map((row) => number(row.cells[column])),
        backgroundColor: color(colors[at % colors.length]),
        borderColor: color("neutral-background-default"),
        borderWidth: 1,
      })),
    },
    options: {
      animation: false,
      locale: document.documentElement.lang,
      maintainAspectRatio: false,
      scales: {
        x: { stacked, grid: { display: false } },
        y: { stacked, beginAtZero: true, ticks: { precision: 0 }, grid: { color: color("neutral-border-subtle") } },
      },
      plugins: { legend: { position: "bottom" } },
    },
  });
}
