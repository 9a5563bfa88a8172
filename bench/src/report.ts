import type { BenchResult } from "./result.ts";

interface Section {
  name: string;
  /** YYYY-MM-DD */
  date: string;
  machine: string;
  results: BenchResult[];
}

const heading = `# Benchmarks

Written by \`npm run bench\`. Figures come from one machine and say little alone; the ratio to a peer of the same run says more.
`;

/** The report with this section in place of an older one of the same name. */
export function mergeReport(previous: string, section: Section): string {
  const others = previous
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith("## ") && !part.startsWith(`## ${section.name}\n`));
  const parts = [...others.map((part) => part.trim()), sectionText(section)].sort();
  return `${heading}\n${parts.join("\n\n")}\n`;
}

function sectionText({ name, date, machine, results }: Section): string {
  const rows = results.map((result) => {
    const ratio = result.ratio === undefined ? "" : result.ratio.toFixed(2);
    const cells = [
      result.name,
      format(result.value),
      result.unit,
      ratio,
      result.peer ?? "",
      result.gate ?? "",
    ];
    return `| ${[...cells, result.note ?? ""].join(" | ")} |`;
  });
  const head = [
    "| what | value | unit | ratio | to | goal | note |",
    "| --- | --: | --- | --: | --- | --- | --- |",
  ];
  return `## ${name}\n\n${date}, ${machine}\n\n${[...head, ...rows].join("\n")}`;
}

function format(value: number): string {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(3)));
}
