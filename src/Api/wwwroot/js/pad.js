/** The canvas has 280×280 pixels, ten for each that a network reads. */
export const SIDE = 280;

/** As wide as MNIST's strokes are against their digits. */
const PEN_WIDTH = 22;

/** Strokes of white ink, or a picture. Calls back with whether the stroke is done. */
export class Pad {
  #strokes = [];
  #picture = null;

  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.context = canvas.getContext('2d');
  }

  get isEmpty() {
    return this.#strokes.length === 0 && this.#picture === null;
  }

  get isPicture() {
    return this.#picture !== null;
  }

  /** Puts the pen down. A drawing takes the place of a picture. */
  begin(x, y) {
    this.#picture = null;
    this.#strokes.push([[x, y]]);
    this.#redraw();
    this.changed(false);
  }

  moveTo(x, y) {
    this.#strokes.at(-1).push([x, y]);
    this.#draw(this.#strokes.at(-1).slice(-2));
    this.changed(false);
  }

  end() {
    this.changed(true);
  }

  clear() {
    this.#strokes = [];
    this.#picture = null;
    this.#redraw();
    this.changed(true);
  }

  undo() {
    this.#strokes.pop();
    this.#picture = null;
    this.#redraw();
    this.changed(true);
  }

  setStrokes(strokes) {
    this.#picture = null;
    this.#strokes = strokes;
    this.#redraw();
    this.changed(true);
  }

  /** Takes a canvas of any size. */
  setPicture(picture) {
    this.#strokes = [];
    this.#picture = picture;
    this.#redraw();
    this.changed(true);
  }

  /** What is on the pad as a PNG: a picture as it is, or the ink on black. */
  toPng() {
    const sheet = this.#picture ?? this.#onBlack();
    return new Promise(resolve => sheet.toBlob(resolve, 'image/png'));
  }

  #onBlack() {
    const sheet = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
    const context = sheet.getContext('2d');
    context.fillRect(0, 0, SIDE, SIDE);
    context.drawImage(this.canvas, 0, 0);
    return sheet;
  }

  #redraw() {
    this.context.clearRect(0, 0, SIDE, SIDE);
    this.#strokes.forEach(stroke => this.#draw(stroke));
    if (this.#picture) {
      const { width, height } = this.#picture;
      const scale = SIDE / Math.max(width, height);
      this.context.drawImage(this.#picture, (SIDE - width * scale) / 2, (SIDE - height * scale) / 2, width * scale, height * scale);
    }
  }

  #draw([first, ...rest]) {
    Object.assign(this.context, { lineWidth: PEN_WIDTH, lineCap: 'round', lineJoin: 'round', strokeStyle: '#fff' });
    this.context.beginPath();
    this.context.moveTo(...first);
    // A line of no length would leave no dot.
    (rest.length > 0 ? rest : [[first[0] + 0.1, first[1]]]).forEach(point => this.context.lineTo(...point));
    this.context.stroke();
  }
}
