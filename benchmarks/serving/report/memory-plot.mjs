// Draws docs/serving-memory.svg: the memory of the service under full load.
import { curve, line, text, writeSvg } from './svg.mjs';

const width = 760;
const height = 320;
const frame = { left: 60, right: 630, top: 72, bottom: 270 };

/** The smallest round step that divides the range into at most `count` parts. */
function step(highest, count) {
  const power = 10 ** Math.floor(Math.log10(highest / count));
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => highest / candidate <= count);
}

/** Draws series of [minutes, megabytes]. */
export function plotMemory({ resident, heap, minutes }, subtitle) {
  const megabytes = step(Math.max(...resident.map((point) => point[1])), 5);
  const highest = megabytes * Math.ceil(Math.max(...resident.map((point) => point[1])) / megabytes);
  const x = (value) => frame.left + ((frame.right - frame.left) * value) / minutes;
  const y = (value) => frame.bottom - ((frame.bottom - frame.top) * value) / highest;
  const ticks = (last, size) => Array.from({ length: Math.floor(last / size + 1e-9) + 1 }, (_, i) => +(i * size).toPrecision(6));
  const place = (series) => series.map(([time, value]) => [x(Math.min(time, minutes)), y(value)]);
  const label = (series, name, style) => {
    const value = series.at(-1)?.[1] ?? 0;
    return [text(frame.right + 10, y(value) - 1, name, `${style} strong`), text(frame.right + 10, y(value) + 14, `${value.toFixed(0)} MB`, style)];
  };

  writeSvg('serving-memory.svg', width, height, `Memory over ${minutes.toFixed(0)} minutes: resident ${resident.at(-1)[1].toFixed(0)} MB at the end`, [
    text(10, 24, 'Memory under full load', 'title'),
    text(10, 44, subtitle, 'quiet'),
    ...ticks(highest, megabytes).flatMap((value) => [line(frame.left, y(value), frame.right, y(value)), text(frame.left - 8, y(value) + 4, `${value}`, 'quiet end')]),
    ...ticks(minutes, step(minutes, 6)).map((value) => text(x(value), frame.bottom + 20, `${value}`, 'quiet middle')),
    text(frame.left - 8, frame.top - 12, 'MB', 'quiet end'),
    text((frame.left + frame.right) / 2, frame.bottom + 40, 'minutes', 'quiet middle'),
    curve(place(resident), 'ours'),
    curve(place(heap), 'inner'),
    ...label(resident, 'resident', 'ours'),
    ...label(heap, 'managed heap', 'inner'),
  ]);
}
