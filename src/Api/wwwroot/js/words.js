const percentages = [0, 1, 2].map(digits => new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }));
const whole = new Intl.NumberFormat('en');
const moment = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

export const percent = (share, digits = 2) => percentages[digits].format(share);
export const number = value => whole.format(value);
export const time = iso => moment.format(new Date(iso));

/** How sure a network is. It is never certain, so that 100% is not said of 99.97%. */
export const sureness = share => share > 0.999 ? 'over 99.9%' : percent(share, 1);

export function duration(seconds) {
  if (seconds < 60) {
    return `${Math.max(1, Math.ceil(seconds))} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const networks = { lstm: 'LSTM', gru: 'GRU', rnn: 'plain RNN', fnn: 'feed-forward' };

/** A network in a word or two, such as "2 × 128 two-way LSTM". */
export function network(options) {
  const layers = options.layers > 1 ? `${options.layers} × ` : '';
  const ways = options.bidirectional ? 'two-way ' : '';
  return `${networks[options.network]} ${layers}${options.hiddenSize}`.replace(/^/, ways).replace(/^./, first => first.toUpperCase());
}

export function recipe(options) {
  const images = options.trainingImages ? `, ${number(options.trainingImages)} images` : '';
  return `${options.preset} recipe, ${options.epochs} ${options.epochs === 1 ? 'epoch' : 'epochs'}${images}`;
}

/** What settings are called where people read them. */
export const settings = {
  preset: 'recipe', network: 'network', hiddenSize: 'hidden units', layers: 'layers', bidirectional: 'two-way', reading: 'reading',
  epochs: 'epochs', batchSize: 'batch', learningRate: 'learning rate', schedule: 'schedule', maxGradientNorm: 'largest gradient',
  weightAveraging: 'weight averaging', augmentation: 'augmentation', dropout: 'dropout', patience: 'patience', seed: 'seed',
  dataset: 'data set', trainingImages: 'training images',
};
