// SPDX-License-Identifier: EUPL-1.2
// A map beside a list, or a map on which a point is chosen. What it shows is always on the page in words as well.
import { LngLatBounds, Map, Marker, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";

function stylesheet(address) {
  return new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done, onerror: done });
    document.head.append(link);
  });
}

/** Without a map service: the land, and the lines of the area when the page has them. */
function ownStyle(land, lines, dark) {
  const style = {
    version: 8,
    sources: { land: { type: "geojson", data: land, attribution: "Natural Earth, GeoNames" } },
    layers: [
      { id: "around", type: "background", paint: { "background-color": dark ? "#151a1a" : "#dfe6e6" } },
      { id: "land", type: "fill", source: "land", filter: ["!=", ["geometry-type"], "Point"], paint: { "fill-color": dark ? "#232b2a" : "#f5f5f0" } },
      { id: "towns", type: "circle", source: "land", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 3, "circle-color": dark ? "#8b9492" : "#6b7573" } },
    ],
  };
  if (!lines) return style;
  style.sources.area = { type: "geojson", data: lines };
  style.layers.splice(
    2,
    0,
    { id: "area", type: "fill", source: "area", paint: { "fill-color": dark ? "#28403b" : "#dde9e4" } },
    { id: "border", type: "line", source: "area", paint: { "line-color": dark ? "#8fb8ad" : "#14564a", "line-width": 1.5 } },
  );
  return style;
}

/** Names of towns, more of them the nearer one looks. */
function towns(map, land) {
  const labels = land.features
    .filter(({ geometry }) => geometry.type === "Point")
    .map(({ geometry, properties: { name, people } }) => {
      const element = Object.assign(document.createElement("span"), { className: "town", textContent: name });
      element.setAttribute("aria-hidden", "true");
      new Marker({ element, anchor: "left", offset: [6, 0] }).setLngLat(geometry.coordinates).addTo(map);
      return { element, people };
    });
  const show = () => {
    const least = 40000 / 2 ** ((map.getZoom() - 6) * 1.6);
    for (const { element, people } of labels) element.hidden = people < least;
  };
  map.on("zoom", show);
  show();
}

function coordinates(geometry, bounds) {
  const walk = (part) => (typeof part[0] === "number" ? bounds.extend(part) : part.forEach(walk));
  if (geometry) walk(geometry.coordinates);
}

function card({ name, url, about }) {
  const box = document.createElement("div");
  const title = document.createElement(url ? "a" : "b");
  title.textContent = name;
  if (url) title.href = url;
  box.append(title);
  if (about) box.append(Object.assign(document.createElement("p"), { textContent: about }));
  return box;
}

function pick(map, element) {
  const lon = document.getElementById(element.dataset.lon);
  const lat = document.getElementById(element.dataset.lat);
  const marker = new Marker({ color: "#14564A", draggable: true });
  const keep = ({ lng, lat: latitude }) => {
    lon.value = lng.toFixed(6);
    lat.value = latitude.toFixed(6);
    lon.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const put = (point) => {
    marker.setLngLat(point).addTo(map);
    keep(marker.getLngLat());
  };
  if (lon.value && lat.value) {
    marker.setLngLat([lon.value, lat.value]).addTo(map);
    map.jumpTo({ center: [lon.value, lat.value], zoom: element.dataset.style ? 14 : 9 });
  }
  map.on("click", (event) => put(event.lngLat));
  marker.on("dragend", () => keep(marker.getLngLat()));
  // From the keyboard: arrows move the map, Enter puts the point in its middle.
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    put(map.getCenter());
  });
  document.querySelector(`[data-map-clear="${element.id}"]`)?.addEventListener("click", () => {
    marker.remove();
    lon.value = "";
    lat.value = "";
    lon.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function points(map, address, bounds) {
  const { features } = await (await fetch(address)).json();
  for (const { geometry, properties } of features) {
    if (geometry?.type !== "Point") continue;
    new Marker({ color: properties.color ?? "#14564A" })
      .setLngLat(geometry.coordinates)
      .setPopup(new Popup({ maxWidth: "18rem" }).setDOMContent(card(properties)))
      .addTo(map)
      .getElement()
      .setAttribute("aria-label", properties.name);
    bounds.extend(geometry.coordinates);
  }
}

export async function show(element) {
  const { worker, css, style, ground, geojson, points: address, lon, labels } = element.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  await stylesheet(css);
  setWorkerUrl(new URL(worker, document.baseURI).href);
  const box = document.createElement("div");
  element.append(box);
  const land = style ? null : await (await fetch(ground)).json();
  const lines = !style && geojson ? await (await fetch(geojson)).json() : null;
  const map = new Map({
    container: box,
    style: style || ownStyle(land, lines, dark),
    center: (element.dataset.center ?? "24.6,56.9").split(",").map(Number),
    zoom: Number(element.dataset.zoom ?? 6),
    locale: labels ? JSON.parse(labels) : {},
    cooperativeGestures: !lon,
    fadeDuration: calm ? 0 : 300,
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  if (land) towns(map, land);
  const bounds = new LngLatBounds();
  for (const feature of lines?.features ?? []) coordinates(feature.geometry, bounds);
  if (address) await points(map, address, bounds);
  if (!bounds.isEmpty() && !(lon && document.getElementById(lon).value)) map.fitBounds(bounds, { padding: 40, maxZoom: style ? 14 : 8.5, animate: false });
  if (lon) pick(map, element);
}
