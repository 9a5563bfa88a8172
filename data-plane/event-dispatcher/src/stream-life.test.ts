import { expect, test } from "vitest";
import { StreamLife } from "./stream-life.ts";

const noon = Date.parse("2026-11-27T12:00:00Z");
const at = (second: number): number => noon + second * 1000;
const created = (second: number): string => new Date(at(second)).toISOString();

test("events of a stream that was made anew are others than those of the same number", () => {
  const life = new StreamLife();
  life.saw(created(0));
  const old = { time: at(1), epoch: life.epoch };
  const early = { time: at(11), epoch: life.epoch };
  expect([life.has(old), life.has(early)]).toEqual([true, true]);
  life.saw(created(10));
  expect([life.has(old), life.has(early)], "what came before the look is told apart by its time").toEqual([
    false,
    true,
  ]);
  expect(life.has({ time: at(9), epoch: life.epoch }), "another server's clock may be behind").toBe(true);
});

test("a stream that appears makes no event foreign that came from it; without a stream all are", () => {
  const life = new StreamLife();
  life.saw("");
  const early = { time: at(3), epoch: life.epoch };
  life.saw(created(2));
  expect(life.has(early)).toBe(true);
  life.saw(created(2));
  expect(life.has({ time: at(3), epoch: life.epoch })).toBe(true);
  life.saw("");
  expect(life.has(early)).toBe(false);
});

test("an event does not fit when it is later than one of a higher number, or earlier than one of a lower", () => {
  const life = new StreamLife();
  life.saw(created(0));
  expect(life.fits({ sequence: 5, time: at(5) })).toBe(true);
  expect(life.fits({ sequence: 3, time: at(3) }), "given out once more").toBe(true);
  expect(life.fits({ sequence: 5, time: at(5) })).toBe(true);
  expect(life.fits({ sequence: 1, time: at(20) })).toBe(false);
  expect(life.fits({ sequence: 5, time: at(20) })).toBe(false);
  expect(life.fits({ sequence: 9, time: at(2) })).toBe(false);
  life.saw(created(15));
  expect(life.fits({ sequence: 1, time: at(20) })).toBe(true);
});

test("when the stream turns out to be the same, its clock went back: times tell nothing more until it is another one", () => {
  const life = new StreamLife();
  life.saw(created(0));
  const misfits = (): boolean =>
    life.fits({ sequence: 9, time: at(9) }) && !life.fits({ sequence: 1, time: at(20) });
  expect(misfits()).toBe(true);
  life.saw(created(0));
  expect(misfits()).toBe(false);
  life.saw(created(15));
  expect(misfits()).toBe(true);
});
