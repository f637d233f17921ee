// SPDX-License-Identifier: EUPL-1.2
// Bars of the columns of a table (data-columns: their places, counted from 1), in the colours of the page: stacked, or side by
// side with data-stacked="no". A cell whose text is not a whole number says its value as data-value.
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
      labels: rows.map((row) => row.cells[0].textContent),
      datasets: columns.map((column, at) => ({
        label: table.tHead.rows[0].cells[column].textContent,
        data: rows.map((row) => number(row.cells[column])),
        backgroundColor: color(COLORS[at % COLORS.length]),
        borderColor: color("neutral-background-default"),
        borderWidth: 1,
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: { stacked, grid: { display: false } },
        y: { stacked, beginAtZero: true, ticks: { precision: 0 }, grid: { color: color("neutral-border-subtle") } },
      },
      plugins: { legend: { position: "bottom" } },
    },
  });
}
