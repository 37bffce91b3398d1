//! Reverse mode of branches.

use std::collections::{BTreeMap, BTreeSet};

use super::is_zero;
use super::reverse::{Adjoint, LARGE, Reverse};
use crate::ir::{Graph, Node, Op, RegionId, Value};
use crate::passes::{Copier, Marks, Source, needed};

impl Reverse {
    /// A new `if` whose branches run the old ones again and then take the adjoints of their
    /// results back to the values from around them.
    pub(super) fn branch(&mut self, graph: &mut Graph, node: &Node, adjoint: &Adjoint) {
        let mut around = std::mem::take(&mut self.pending);
        // Adjoints of large arrays go through the branches as they are.
        let through: Vec<_> = self
            .arrays_in(graph, &node.regions)
            .into_iter()
            .map(|array| {
                let known = around.remove(&array).and_then(|known| known.whole(graph, array));
                (array, known.unwrap_or_else(|| graph.zeros_like(array)))
            })
            .collect();
        let mut passed = vec![];
        let mut regions = vec![];
        for &region in &node.regions {
            let new = graph.open_like(region);
            for &(array, whole) in &through {
                self.pending.insert(array, Adjoint { whole: Some(whole), ..Adjoint::default() });
            }
            let roots: Vec<_> =
                adjoint.results.keys().map(|&place| graph.region(region).results[place]).collect();
            let marks = needed(graph, &roots);
            let mut copier = Copier::new(graph, Source::Same, Marks::Some(&marks));
            copier.quiet = true;
            let results = copier.region(region).expect("a copy of what was accepted is accepted");
            self.find_active(graph);
            for (&place, &seed) in &adjoint.results {
                self.add(graph, results[place], seed);
            }
            self.region(graph, new);
            let sums = through.iter().map(|&(array, whole)| {
                let sum = self.pending.remove(&array).and_then(|sum| sum.whole(graph, array));
                sum.unwrap_or(whole)
            });
            passed.push(sums.collect::<Vec<_>>());
            regions.push((new, std::mem::take(&mut self.pending)));
            graph.close(vec![]);
        }
        self.pending = around;
        let sums = self.join(graph, node.args[0], regions, passed);
        for ((array, _), sum) in through.into_iter().zip(sums) {
            if !is_zero(graph, sum) {
                self.pending.insert(array, Adjoint { whole: Some(sum), ..Adjoint::default() });
            }
        }
    }

    /// The large active arrays from around some regions of which elements are read in them at indices
    /// that are not literals, or that only the branch's condition knows to be inside.
    fn arrays_in(&self, graph: &Graph, regions: &[RegionId]) -> BTreeSet<Value> {
        let mut found = BTreeSet::new();
        let mut work = regions.to_vec();
        while let Some(region) = work.pop() {
            for &value in &graph.region(region).nodes {
                let node = graph.node(value);
                work.extend(&node.regions);
                let Some(&array) = node.args.first() else { continue };
                let outside = regions.iter().all(|&inner| !graph.is_within(graph.node(array).region, inner));
                let large = graph.ty(array).size().is_none_or(|size| size > LARGE);
                if node.op == Op::Get
                    && outside
                    && large
                    && self.is_active(array)
                    && (graph.ty(array).is_slice() || graph.literal_indices(&node.args[1..]).is_none())
                {
                    found.insert(array);
                }
            }
        }
        found
    }

    /// Yields from both branches what either has for a value from around them, and adds it there.
    fn join(
        &mut self,
        graph: &mut Graph,
        condition: Value,
        regions: Vec<(RegionId, BTreeMap<Value, Adjoint>)>,
        passed: Vec<Vec<Value>>,
    ) -> Vec<Value> {
        let mut places: BTreeSet<(Value, Option<Vec<usize>>)> = BTreeSet::new();
        for (_, pending) in &regions {
            for (&value, adjoint) in pending {
                if adjoint.whole.is_some() {
                    places.insert((value, None));
                }
                places.extend(adjoint.elements.keys().map(|path| (value, Some(path.clone()))));
            }
        }
        for ((region, pending), passed) in regions.iter().zip(passed) {
            let yields: Vec<_> = places
                .iter()
                .map(|(value, path)| {
                    let adjoint = pending.get(value).cloned().unwrap_or_default();
                    let found = match path {
                        None => adjoint.whole,
                        Some(path) => adjoint.elements.get(path).copied(),
                    };
                    found.unwrap_or_else(|| {
                        let ty = graph.ty(*value).element(path.as_ref().map_or(0, Vec::len)).cloned();
                        match ty {
                            Some(ty) if ty.is_known() => graph.zeros(&ty),
                            _ => graph.zeros_like(*value),
                        }
                    })
                })
                .collect();
            graph.set_region_results(*region, [yields, passed].concat());
        }
        let mut results = graph.branch(condition, regions[0].0, regions[1].0);
        let passed = results.split_off(places.len());
        for ((value, path), result) in places.into_iter().zip(results) {
            self.add_element(graph, value, &path.unwrap_or_default(), result);
        }
        passed
    }
}
