import { Problem, Unreachable } from './api.js';
import { showAnswer, showMessage, speak } from './answer.js';
import { whenBack } from './connection.js';
import { byId } from './dom.js';
import { nextExample } from './examples.js';
import { drawWithKeyboard } from './keyboard.js';
import { mindInWords, mindOf } from './mind.js';
import { Pad } from './pad.js';
import { takePictures } from './picture.js';
import { drawWithPointer } from './pointer.js';
import { Predictor } from './predict.js';
import { clearReading, showReading } from './read.js';
import { percent } from './words.js';

const pad = new Pad(byId('pad'), changed);
const predictor = new Predictor(answered, failed);

/** Another network serves: what is on the pad is asked again. */
export function askAgain() {
  if (!pad.isEmpty) {
    ask(true);
  }
}

function changed(settled) {
  byId('drop').classList.toggle('inked', !pad.isEmpty);
  byId('pad').classList.toggle('picture', pad.isPicture);
  if (pad.isEmpty) {
    predictor.drop();
    clearReading();
    showMessage('Draw something first.');
  } else {
    ask(settled);
  }
}

function ask(settled) {
  predictor.send({ png: () => pad.toPng(), invert: pad.isPicture ? 'auto' : 'false', settled });
}

function answered(prediction, { settled }) {
  if (pad.isEmpty) {
    return;
  }
  showAnswer(prediction);
  showReading(prediction, settled);
  if (settled) {
    const mind = prediction.trace ? mindInWords(mindOf(prediction.trace)).join('') : '';
    speak(`${prediction.digit}, ${percent(prediction.confidence, 1)} sure. ${mind}`);
  }
}

function failed(fault, { settled }) {
  const text = inWords(fault);
  clearReading();
  showMessage(text);
  if (settled) {
    speak(text);
  }
}

function inWords(fault) {
  if (fault instanceof Unreachable) {
    return 'The service does not answer now. Your drawing stays, and is read when it is back.';
  }
  if (fault instanceof Problem && fault.status === 409) {
    return 'There is no network yet. Train one below: the fast recipe takes a quarter of a minute, and your drawing stays.';
  }
  if (fault instanceof Problem && fault.status === 503) {
    return 'Many are asking at once. Yours is asked again in a moment.';
  }
  return fault.message;
}

drawWithPointer(pad);
drawWithKeyboard(pad);
takePictures(picture => pad.setPicture(picture), refusal => failed(new Error(refusal), { settled: true }));
byId('clear').addEventListener('click', () => pad.clear());
byId('undo').addEventListener('click', () => pad.undo());
byId('example').addEventListener('click', () => pad.setStrokes(nextExample()));
whenBack(askAgain);
