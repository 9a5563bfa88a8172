import { beforeEach, describe, expect, it } from "vitest";
import { addNotice, currentNotices, dismissAll, dismissNotice, readAll, startWork } from "./notices.ts";

beforeEach(() => {
  for (const { id } of currentNotices()) dismissNotice(id);
});
const titles = () => currentNotices().map(({ title }) => title);

describe("notices", () => {
  it("follow long work from its start to its end, which is unread", () => {
    const work = startWork("Drain node-1");
    work.progress(0.5, "3 of 6 pods");
    expect(currentNotices()[0]).toMatchObject({ state: "running", progress: 0.5, isRead: true });
    work.finish("6 pods evicted");
    expect(currentNotices()[0]).toMatchObject({ state: "done", text: "6 pods evicted", isRead: false });
    readAll();
    expect(currentNotices()[0]?.isRead).toBe(true);
  });

  it("keep running work when all is dismissed, and when there are too many", () => {
    startWork("long");
    for (let index = 0; index < 60; index += 1) addNotice({ title: `n${index}`, state: "info" });
    expect(currentNotices()).toHaveLength(50);
    expect(titles()).toContain("long");
    dismissAll();
    expect(titles()).toEqual(["long"]);
  });
});
