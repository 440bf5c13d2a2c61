import { byId } from './dom.js';
import { SIDE } from './pad.js';

const STEP = 10;
const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** Draws on the pad with the keyboard: the arrow keys move the pen, and the space bar lowers or raises it. */
export function drawWithKeyboard(pad) {
  const mark = byId('pad-pen');
  let position = [SIDE / 2, SIDE / 4];
  let down = false;

  const raise = () => {
    if (down) {
      down = false;
      pad.end();
    }
  };
  const show = () => {
    mark.hidden = false;
    mark.classList.toggle('down', down);
    mark.style.setProperty('--x', position[0] / SIDE);
    mark.style.setProperty('--y', position[1] / SIDE);
  };

  pad.canvas.addEventListener('keydown', event => {
    const move = moves[event.key];
    if (move) {
      position = position.map((value, axis) => Math.min(SIDE - STEP, Math.max(STEP, value + move[axis])));
      if (down) {
        pad.moveTo(...position);
      }
    } else if (event.key === ' ') {
      if (down) {
        raise();
      } else {
        down = true;
        pad.begin(...position);
      }
    } else {
      return;
    }
    event.preventDefault();
    show();
  });
  for (const leave of ['blur', 'pointerdown']) {
    pad.canvas.addEventListener(leave, () => {
      raise();
      mark.hidden = true;
    });
  }
}
