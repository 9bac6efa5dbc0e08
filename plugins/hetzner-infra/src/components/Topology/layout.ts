import type { Topology, TopologyGroup } from './topology';

/** Measures of a drawing, in CSS pixels. */
export interface TopologyMeasures {
  /** Width of what a request passes on its way in. */
  entryWidth: number;
  /** The Internet is only named. */
  internetHeight: number;
  boxWidth: number;
  boxHeight: number;
  /** Data services may need a second line. */
  dataHeight: number;
  /** Between boxes side by side and one below the other. */
  gap: number;
  /** Between layers; a line and its port stand there. */
  layerGap: number;
  padding: number;
  /** Height of a group's heading. */
  heading: number;
  /** Side of the small square that stands for a server of a large group. */
  square: number;
  /** From so many servers on a group is drawn as small squares. */
  squaresFrom: number;
}

/** Measures of a page's drawing. */
export const FULL: TopologyMeasures = {
  entryWidth: 172,
  internetHeight: 44,
  boxWidth: 172,
  boxHeight: 82,
  dataHeight: 82,
  gap: 12,
  layerGap: 48,
  padding: 12,
  heading: 32,
  square: 32,
  squaresFrom: 9,
};

/** Measures of a drawing beside a form. */
export const COMPACT: TopologyMeasures = {
  entryWidth: 192,
  internetHeight: 30,
  boxWidth: 128,
  boxHeight: 30,
  dataHeight: 42,
  gap: 8,
  layerGap: 26,
  padding: 8,
  heading: 26,
  square: 24,
  squaresFrom: 5,
};

/** A pool's name, its type and how many there may be. */
const HEADING_WIDTH = 256;

/** The network's name needs room beside the line that enters in the middle. */
const FRAME_WIDTH = 380;

const BOXES_IN_A_ROW = 4;
const SQUARES_IN_A_ROW = 20;

/** A place on the drawing, from its upper left corner, in CSS pixels. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A line between two places, and where its port is written. */
export interface PlacedEdge {
  key: string;
  port: number;
  /** `d` of an SVG path. */
  path: string;
  label: { x: number; y: number };
}

/** Where everything stands. */
export interface TopologyLayout {
  width: number;
  height: number;
  /** The private network's frame. */
  network: Place;
  /** By key of the box. */
  boxes: Record<string, Place>;
  /** By key of the group. */
  groups: Record<string, Place>;
  edges: PlacedEdge[];
}

/** Whether a group has too many servers for a box each. */
export const isCrowded = (
  { servers }: TopologyGroup,
  { squaresFrom }: TopologyMeasures,
) => servers.length >= squaresFrom;

/**
 * Places a topology in a width. The layers are fixed, so this is plain arithmetic: the same
 * topology and width give the same drawing, and nothing moves but what changed.
 */
export function layoutOf(
  topology: Topology,
  width: number,
  measures: TopologyMeasures,
): TopologyLayout {
  const { layerGap } = measures;
  const boxes: TopologyLayout['boxes'] = {};
  let y = 0;
  for (const { key, kind } of topology.entry) {
    const height =
      kind === 'internet' ? measures.internetHeight : measures.boxHeight;
    boxes[key] = centred(width, y, measures.entryWidth, height);
    y += height + layerGap;
  }
  const inside = networkLayout(topology.groups, width, y, measures);
  Object.assign(boxes, inside.boxes);
  y += inside.network.height;
  if (topology.data.length > 0) {
    y += layerGap;
    rowOf(topology.data.length, width, y, measures).forEach((place, index) => {
      boxes[topology.data[index].key] = place;
    });
    y += measures.dataHeight;
  }
  const placed = { ...inside, boxes };
  return {
    width,
    height: y,
    ...placed,
    edges: edgesOf(topology, placed, measures),
  };
}

function centred(
  available: number,
  y: number,
  width: number,
  height: number,
): Place {
  const fitting = Math.min(width, available);
  return { x: (available - fitting) / 2, y, width: fitting, height };
}

/** So many boxes side by side, narrower where there is no room. */
function rowOf(
  count: number,
  available: number,
  y: number,
  { boxWidth, dataHeight, gap }: TopologyMeasures,
): Place[] {
  const width = Math.min(boxWidth, (available - (count - 1) * gap) / count);
  const start = (available - count * width - (count - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => ({
    x: start + index * (width + gap),
    y,
    width,
    height: dataHeight,
  }));
}

/** A group's own size, and its servers' places in it. */
function groupLayout(
  group: TopologyGroup,
  available: number,
  measures: TopologyMeasures,
): { width: number; height: number; servers: Place[] } {
  const { gap, padding, heading } = measures;
  const room = available - 2 * padding;
  const crowded = isCrowded(group, measures);
  const cell = crowded
    ? { width: measures.square, height: measures.square, gap: gap / 2 }
    : {
        width: Math.min(measures.boxWidth, room),
        height: measures.boxHeight,
        gap,
      };
  const fitting = Math.max(
    1,
    Math.floor((room + cell.gap) / (cell.width + cell.gap)),
  );
  const columns = Math.min(
    fitting,
    crowded ? SQUARES_IN_A_ROW : BOXES_IN_A_ROW,
    Math.max(1, group.servers.length),
  );
  const rows = Math.max(1, Math.ceil(group.servers.length / columns));
  const taken = columns * cell.width + (columns - 1) * cell.gap;
  // The heading needs room, however few servers there are; more where it says how many there may be.
  const named =
    group.max > group.servers.length ? HEADING_WIDTH : measures.boxWidth;
  const inner = Math.max(taken, Math.min(named, room));
  const start = padding + (crowded ? 0 : (inner - taken) / 2);
  return {
    width: inner + 2 * padding,
    height: heading + rows * cell.height + (rows - 1) * cell.gap + padding,
    servers: group.servers.map((_, index) => ({
      x: start + (index % columns) * (cell.width + cell.gap),
      y: heading + Math.floor(index / columns) * (cell.height + cell.gap),
      width: cell.width,
      height: cell.height,
    })),
  };
}

/** The private network with its groups, in as many rows as they need. */
function networkLayout(
  groups: readonly TopologyGroup[],
  width: number,
  top: number,
  measures: TopologyMeasures,
): Pick<TopologyLayout, 'network' | 'boxes' | 'groups'> {
  const { padding, heading, layerGap } = measures;
  const available = width - 2 * padding;
  const sized = groups.map(group => ({
    group,
    ...groupLayout(group, available, measures),
  }));
  const rows: (typeof sized)[] = [];
  for (const item of sized) {
    const row = rows.at(-1);
    const taken = row?.reduce((sum, { width: w }) => sum + w + layerGap, 0);
    if (row && taken !== undefined && taken + item.width <= available) {
      row.push(item);
    } else {
      rows.push([item]);
    }
  }
  const rowWidths = rows.map(row =>
    row.reduce((sum, item) => sum + item.width + layerGap, -layerGap),
  );
  const boxes: TopologyLayout['boxes'] = {};
  const places: TopologyLayout['groups'] = {};
  let y = top + heading;
  for (const [index, row] of rows.entries()) {
    const height = Math.max(...row.map(item => item.height));
    let x = (width - rowWidths[index]) / 2;
    for (const item of row) {
      places[item.group.key] = { x, y, width: item.width, height };
      for (const [server, place] of item.servers.entries()) {
        boxes[item.group.servers[server].key] = {
          ...place,
          x: x + place.x,
          y: y + place.y,
        };
      }
      x += item.width + layerGap;
    }
    y += height + (index < rows.length - 1 ? layerGap : padding);
  }
  const frame = Math.min(
    width,
    Math.max(FRAME_WIDTH, ...rowWidths.map(row => row + 2 * padding)),
  );
  return {
    network: { x: (width - frame) / 2, y: top, width: frame, height: y - top },
    boxes,
    groups: places,
  };
}

const middle = ({ x, width }: Place) => x + width / 2;
const bottom = ({ y, height }: Place) => y + height;

/** From the bottom of one place down, across, and down to the top of another; the port stands above its end. */
function elbow(
  from: Place,
  to: Place,
  { layerGap }: TopologyMeasures,
): Pick<PlacedEdge, 'path' | 'label'> {
  const turn = bottom(from) + layerGap / 3;
  const end = middle(to);
  return {
    path: `M ${middle(from)} ${bottom(from)} V ${turn} H ${end} V ${to.y}`,
    label: { x: end, y: (turn + Math.min(to.y, bottom(from) + layerGap)) / 2 },
  };
}

function edgesOf(
  topology: Topology,
  placed: Pick<TopologyLayout, 'network' | 'boxes' | 'groups'>,
  measures: TopologyMeasures,
): PlacedEdge[] {
  const { network, boxes, groups } = placed;
  const firstRow = Math.min(...Object.values(groups).map(({ y }) => y));
  const drawn = new Map<string, PlacedEdge>();
  for (const { from, to, port } of topology.edges) {
    const source = boxes[from] ?? groups[from];
    const target = boxes[to] ?? groups[to];
    const add = (
      key: string,
      line: Pick<PlacedEdge, 'path' | 'label'> | undefined,
    ) => line && drawn.set(key, { key, port, ...line });
    if (boxes[from] && groups[to]) {
      // A group in a lower row would be reached across another one.
      const end = target.y === firstRow ? target : network;
      add(
        `${from} ${end === target ? to : 'network'}`,
        elbow(source, end, measures),
      );
    } else if (groups[from] && boxes[to]) {
      // All groups reach the data services alike, so one line leaves the network for each.
      add(`network ${to}`, elbow(network, target, measures));
    } else if (groups[from] && groups[to]) {
      add(`${from} ${to}`, between(source, target, measures));
    } else {
      add(`${from} ${to}`, elbow(source, target, measures));
    }
  }
  return [...drawn.values()];
}

/** Between neighbours in a row, or in rows that follow each other; groups further apart get no line. */
function between(
  from: Place,
  to: Place,
  measures: TopologyMeasures,
): Pick<PlacedEdge, 'path' | 'label'> | undefined {
  const { layerGap } = measures;
  const right = from.x + from.width;
  if (from.y === to.y) {
    if (Math.abs(to.x - right - layerGap) > 1) return undefined;
    const y = from.y + Math.min(from.height, to.height) / 2;
    return {
      path: `M ${right} ${y} H ${to.x}`,
      label: { x: (right + to.x) / 2, y: y - measures.padding },
    };
  }
  return Math.abs(to.y - bottom(from) - layerGap) > 1
    ? undefined
    : elbow(from, to, measures);
}
