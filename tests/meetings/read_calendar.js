// SPDX-License-Identifier: EUPL-1.2
// Reads a calendar from the standard input with ical.js and writes as JSON what it understood.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    description: event.description,
    location: event.location,
    status: component.getFirstPropertyValue("status"),
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
    url: component.getFirstPropertyValue("url"),
    geo: component.getFirstPropertyValue("geo"),
    wholeDay: event.startDate.isDate,
    starts: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
    ends: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
  };
});
const text = (name) => calendar.getFirstPropertyValue(name)?.toString();
console.log(JSON.stringify({ name: text("x-wr-calname"), refresh: text("refresh-interval"), events }));
