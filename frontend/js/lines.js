// SPDX-License-Identifier: EUPL-1.2
// Columns of a table (data-columns: their places, counted from 1) as lines, told apart by colour, dashes and the shape of their points.
// Cells say their number in data-value; an empty one is a gap.
import { CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";

Chart.register(CategoryScale, LineController, LineElement, LinearScale, Legend, PointElement, Tooltip);

const COLORS = ["accent-base-default", "brand2-text-subtle", "neutral-text-default", "brand1-text-subtle", "neutral-text-subtle"];
const POINTS = ["circle", "rectRot", "triangle", "rect", "star", "crossRot"];
const DASHES = [[], [7, 5], [2, 3], [12, 4, 2, 4]];

const number = ({ dataset: { value } }) => (value ? Number(value) : null);

export function draw(place, table) {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--ds-color-${name}`).trim();
  const rows = [...table.tBodies[0].rows];
  const canvas = document.createElement("canvas");
  place.append(canvas);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 14;
  Chart.defaults.color = color("neutral-text-default");
  Chart.defaults.locale = document.documentElement.lang;
  const lines = place.dataset.columns.split(",").map((column, at) => {
    const shade = color(COLORS[at % COLORS.length]);
    return {
      label: table.tHead.rows[0].cells[column].textContent.trim(),
      data: rows.map((row) => number(row.cells[column])),
      borderColor: shade,
      backgroundColor: shade,
      borderWidth: 2.5,
      borderDash: DASHES[at % DASHES.length],
      pointStyle: POINTS[at % POINTS.length],
      pointRadius: 5,
      spanGaps: true,
    };
  });
  new Chart(canvas, {
    type: "line",
    data: { labels: rows.map((row) => row.cells[0].textContent.trim()), datasets: lines },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: { grid: { display: false } },
        y: { title: { display: true, text: place.dataset.unit }, grace: "8%", grid: { color: color("neutral-border-subtle") } },
      },
      plugins: { legend: { position: "bottom", labels: { usePointStyle: true, boxHeight: 8, padding: 16 } } },
    },
  });
}
