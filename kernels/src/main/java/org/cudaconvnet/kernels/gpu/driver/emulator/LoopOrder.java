package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedList;
import java.util.List;

/**
 * Orders the nodes of a directed graph such that all edges lead on except those back to the head of a loop, and every loop is in
 * one piece, its head first: strongly connected components (R. Tarjan 1972) in topological order, and within each of them the same
 * without its head (F. Bourdoncle, "Efficient chaotic iteration strategies with widenings", 1993).
 */
final class LoopOrder {
    private final int[][] successors;
    /** The search that a node belongs to; searches leave out the edges to nodes of others. */
    private final Search[] owners;

    private LoopOrder(int[][] successors) {
        this.successors = successors;
        this.owners = new Search[successors.length];
    }

    /**
     * The nodes that can be reached from node 0, which comes first.
     *
     * @param successors of each node; the last of them comes next to it if nothing speaks against it
     */
    static List<Integer> of(int[][] successors) {
        LoopOrder order = new LoopOrder(successors);
        Search whole = order.new Search();
        for (int node = 0; node < successors.length; node++) {
            order.owners[node] = whole;
        }
        whole.visit(0);
        return whole.order();
    }

    private final class Search {
        private final int[] number = new int[successors.length];
        private final boolean[] open = new boolean[successors.length];
        private final Deque<Integer> stack = new ArrayDeque<>();
        /** Components are complete after all that they lead to. */
        private final LinkedList<List<Integer>> components = new LinkedList<>();
        private int count;

        /** Returns the smallest number on the stack that can be reached from the node. */
        int visit(int node) {
            number[node] = ++count;
            int lowest = count;
            stack.push(node);
            open[node] = true;
            for (int next : successors[node]) {
                if (owners[next] == this && number[next] == 0) {
                    lowest = Math.min(lowest, visit(next));
                } else if (owners[next] == this && open[next]) {
                    lowest = Math.min(lowest, number[next]);
                }
            }
            if (lowest == number[node]) {
                components.addFirst(component(node));
            }
            return lowest;
        }

        private List<Integer> component(int head) {
            Search inner = new Search();
            int member = stack.pop();
            while (member != head) {
                open[member] = false;
                owners[member] = inner;
                member = stack.pop();
            }
            open[head] = false;
            List<Integer> nodes = new ArrayList<>(List.of(head));
            for (int next : successors[head]) {
                if (owners[next] == inner && inner.number[next] == 0) {
                    inner.visit(next);
                }
            }
            nodes.addAll(inner.order());
            return nodes;
        }

        List<Integer> order() {
            return components.stream().flatMap(List::stream).toList();
        }
    }
}
