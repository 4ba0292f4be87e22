// cal.com's own arithmetic, from the published bundle: rules to date ranges, minus busy times, to slots; as its
// UserAvailabilityService and AvailableSlotsService call it, without their database.
// node calcom.cjs PACKAGE_FOLDER < work.json > {"cpu_ms": [...], "slots": [[...], ...]}
"use strict";
const fs = require("fs");
const path = require("path");
const Module = require("module");

// The bundle also loads mail, tRPC, Prisma, Sentry...: what plays no part in the arithmetic is a stand-in.
const standIn = () => {
  const made = new Proxy(function () {}, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => "" : name === "then" ? undefined : made),
    apply: () => made,
    construct: () => made,
  });
  return made;
};
const load = Module._load;
Module._load = function (name, ...rest) {
  const needed = path.isAbsolute(name) || Module.isBuiltin(name) || /^(dayjs(\/|$)|\.\/index-|\.\/date-ranges-)/.test(name);
  return needed ? load.call(this, name, ...rest) : standIn();
};
// `getSlots` is inside slots.cjs, but not among its exports.
const compile = Module.prototype._compile;
Module.prototype._compile = function (text, file) {
  return compile.call(this, file.endsWith("slots.cjs") ? `${text}\nexports.getSlots = getSlots;` : text, file);
};

const dist = path.join(process.argv[2], "dist");
const ranges = fs.readdirSync(dist).find((file) => /^date-ranges-.*\.cjs$/.test(file));
const { buildDateRanges, subtract } = require(path.join(dist, ranges));
const { getSlots } = require(path.join(dist, "slots.cjs"));
const dayjs = Module.createRequire(path.join(dist, "slots.cjs"))("dayjs");

const work = JSON.parse(fs.readFileSync(0, "utf8"));
const time = (text) => new Date(`1970-01-01T${text}:00Z`);
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const LONG_AGO = -60 * 24 * 366 * 20; // cal.com asks the machine's clock; a notice so negative excludes nothing

function slotsOf(schedule) {
  const dateFrom = dayjs(work.from).tz(work.timezone);
  const dateTo = dayjs(work.to).tz(work.timezone);
  const availability = schedule.rules.map((rule) => ({
    days: rule.days.map((day) => weekdays.indexOf(day)),
    startTime: time(rule.start),
    endTime: time(rule.end),
  }));
  const { dateRanges } = buildDateRanges({ dateFrom, dateTo, availability, timeZone: work.timezone, travelSchedules: [] });
  const busy = schedule.busy.map(([start, end]) => ({ start: dayjs(start), end: dayjs(end) }));
  const slots = getSlots({
    inviteeDate: dateFrom,
    frequency: work.step_min,
    eventLength: work.duration_min,
    minimumBookingNotice: LONG_AGO,
    dateRanges: subtract(dateRanges, busy),
  });
  return slots.map(({ time }) => time.toISOString());
}

const cpu = [];
let slots;
for (let run = 0; run < work.runs; run++) {
  const begin = process.cpuUsage();
  slots = work.schedules.map(slotsOf);
  const { user, system } = process.cpuUsage(begin);
  cpu.push((user + system) / 1000);
}
process.stdout.write(JSON.stringify({ cpu_ms: cpu, slots }));
