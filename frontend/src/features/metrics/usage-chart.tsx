import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useDark } from "#ui/theme.ts";
import type { ChartData } from "./chart-data.ts";
import type { Limit } from "./limits.ts";

// Told apart also by people who see few colours (Okabe and Ito), for either ground.
const colors = {
  light: ["#0072b2", "#d55e00", "#009e73", "#8f5a8a", "#9a7d00", "#56b4e9"],
  dark: ["#56b4e9", "#e69f00", "#2fc59a", "#cc79a7", "#f0e442", "#8cc8ff"],
};
const height = 180;

/** Distances of the lines of the grid that read well, as cores and as bytes. */
const steps = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500,
].concat(Array.from({ length: 40 }, (_, power) => 2 ** (power + 10)));

interface ChartProps {
  data: ChartData;
  limits: readonly Limit[];
  text: (value: number) => string;
  /** What screen readers say instead. */
  label: string;
}

/** Lines over time; drawn anew only when lines come or go or the theme changes, else just moved on. */
export default function UsageChart(props: ChartProps) {
  const isDark = useDark();
  const drawing = JSON.stringify([props.data.names, props.limits, isDark]);
  return <Drawing key={drawing} {...props} isDark={isDark} />;
}

function Drawing(props: ChartProps & { isDark: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
    chart.current?.setData(withLimits(props.data, props.limits));
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const { data, limits } = latest.current;
    const made = new UPlot(options(latest.current, element.clientWidth), withLimits(data, limits), element);
    chart.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      chart.current = undefined;
    };
  }, []);
  return <div ref={box} role="img" aria-label={props.label} className="kyma-chart" />;
}

function withLimits({ columns }: ChartData, limits: readonly Limit[]): UPlot.AlignedData {
  const [times] = columns;
  return [...columns, ...limits.map(({ value }) => times.map(() => value))] as UPlot.AlignedData;
}

function options(
  { data, limits, text, isDark }: ChartProps & { isDark: boolean },
  width: number,
): UPlot.Options {
  const palette = isDark ? colors.dark : colors.light;
  const ink = isDark ? "#c7c7c7" : "#4d4d4d";
  const axis: UPlot.Axis = {
    stroke: ink,
    grid: { stroke: isDark ? "#ffffff1f" : "#0000001a", width: 1 },
    ticks: { show: false },
  };
  const value = (_chart: UPlot, raw: number | null) => (raw === null ? "–" : text(raw));
  return {
    width,
    height,
    cursor: { points: { size: 6 } },
    scales: { y: { range: (_chart, _low, high) => [0, Math.max(high * 1.1, Number.EPSILON)] } },
    axes: [axis, { ...axis, size: 72, incrs: steps, values: (_chart, ticks) => ticks.map(text) }],
    series: [
      { value: (_chart, raw) => (raw === null ? "–" : new Date(raw * 1000).toLocaleTimeString()) },
      ...data.names.map((name, index) => ({
        label: name,
        stroke: palette[index % palette.length] ?? ink,
        width: 2,
        value,
        spanGaps: true,
      })),
      ...limits.map(({ label }) => ({
        label,
        stroke: ink,
        dash: [6, 4],
        width: 1,
        points: { show: false },
        value,
      })),
    ],
  };
}
