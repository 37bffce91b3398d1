//! Timing in turns, so that what disturbs the machine disturbs all alike.

/// Makes so many calls and yields how many nanoseconds they took.
pub(super) type Racer<'a> = Box<dyn FnMut(u64) -> f64 + 'a>;

/// A turn lasts at least so long, in nanoseconds.
const TURN: f64 = 100_000.0;
/// All turns of a racer last about so long, if that is at least [`FEWEST`] turns.
const ALL: f64 = 300_000_000.0;
const FEWEST: usize = 5;
/// Nobody has more turns.
const ROUNDS: usize = 301;

/// The median nanoseconds of a call, for every racer.
pub(super) fn race(racers: &mut [Racer<'_>]) -> Vec<f64> {
    let calls: Vec<u64> = racers.iter_mut().map(calls_of_a_turn).collect();
    let mut times: Vec<Vec<f64>> = vec![vec![]; racers.len()];
    let turns: Vec<usize> = racers
        .iter_mut()
        .zip(&calls)
        .map(|(racer, calls)| (ALL / racer(*calls)) as usize)
        .map(|turns| turns.clamp(FEWEST, ROUNDS))
        .collect();
    for round in 0..ROUNDS {
        for place in 0..racers.len() {
            // Everybody is the first as often as the last.
            let at = (round + place) % racers.len();
            // Slow racers have fewer turns, spread over the rounds.
            if (round + 1) * turns[at] / ROUNDS > round * turns[at] / ROUNDS {
                times[at].push(racers[at](calls[at]) / calls[at] as f64);
            }
        }
    }
    times.iter_mut().map(|times| median(times)).collect()
}

fn calls_of_a_turn(racer: &mut Racer<'_>) -> u64 {
    let mut calls = 1;
    while racer(calls) < TURN {
        calls *= 2;
    }
    calls
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
