package org.cudaconvnet.kernels.gpu.driver.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.Operand;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxFunction;
import org.cudaconvnet.kernels.gpu.driver.emulator.ptx.PtxInstruction;

/**
 * Puts the basic blocks of a kernel into an order in which every block stands behind all that lead to it, loops stay together, and
 * only the ways back to the head of a loop go up. {@link BlockRun} lets the threads that are farthest behind go first, so in this
 * order threads that parted meet again as early as they can. Compilers like to put the rarer side of a condition behind the loop.
 */
final class BlockOrder {
    /** Opcode of a jump that the PTX does not have: to the block that followed before. */
    static final String FALL_THROUGH = "(fall through)";
    private static final Set<String> ENDS = Set.of("bra", "brx", "ret", "exit", "trap");

    private final PtxFunction kernel;
    private final List<PtxInstruction> instructions;
    /** Number of each block by its first instruction; the last block is the empty one behind all instructions. */
    private final NavigableMap<Integer, Integer> blocks = new TreeMap<>();
    private final int[] starts;
    private final int end;

    private BlockOrder(PtxFunction kernel) {
        this.kernel = kernel;
        this.instructions = kernel.instructions();
        Set<Integer> first = new TreeSet<>(kernel.labels().values());
        first.add(0);
        first.add(instructions.size());
        for (int i = 0; i < instructions.size(); i++) {
            if (endsBlock(instructions.get(i))) {
                first.add(i + 1);
            }
        }
        first.forEach(start -> blocks.put(start, blocks.size()));
        starts = first.stream().mapToInt(Integer::intValue).toArray();
        end = starts.length - 1;
    }

    /** The same kernel in that order, without what no thread can reach. */
    static PtxFunction arrange(PtxFunction kernel) {
        return new BlockOrder(kernel).arrange();
    }

    /** True if threads may part behind it or leave it for another place. */
    static boolean endsBlock(PtxInstruction instruction) {
        return ENDS.contains(instruction.mnemonic());
    }

    private PtxFunction arrange() {
        int[][] successors = new int[starts.length][];
        Arrays.setAll(successors, this::successors);
        List<Integer> order = new ArrayList<>(LoopOrder.of(successors));
        order.remove(Integer.valueOf(end));
        order.add(end);
        Map<Integer, Integer> moved = new HashMap<>();
        List<PtxInstruction> arranged = new ArrayList<>();
        Map<String, Integer> labels = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            int block = order.get(i);
            moved.put(block, arranged.size());
            if (block != end) {
                arranged.addAll(instructions.subList(starts[block], starts[block + 1]));
                PtxInstruction last = instructions.get(starts[block + 1] - 1);
                if (continues(last) && order.get(i + 1) != block + 1) {
                    String label = FALL_THROUGH + " " + (block + 1);
                    arranged.add(new PtxInstruction(last.line(), null, false, FALL_THROUGH, List.of(new Operand.Name(label))));
                    labels.put(label, block + 1);
                }
            }
        }
        labels.replaceAll((label, block) -> moved.get(block));
        kernel.labels().forEach((label, instruction) -> {
            Integer place = moved.get(blocks.get(instruction));
            if (place != null) {
                labels.put(label, place);
            }
        });
        return new PtxFunction(kernel.name(), kernel.line(), kernel.kernel(), kernel.parameters(), kernel.returns(), kernel.registers(),
                kernel.variables(), arranged, labels, kernel.branchTargets());
    }

    /** True if threads can go on with the next instruction. */
    private static boolean continues(PtxInstruction instruction) {
        return instruction.guard() != null || !ENDS.contains(instruction.mnemonic());
    }

    /** The blocks that follow a block; the one that stands next to it last. */
    private int[] successors(int block) {
        List<Integer> next = new ArrayList<>();
        if (block != end) {
            PtxInstruction last = instructions.get(starts[block + 1] - 1);
            targets(last).stream().map(kernel.labels()::get).filter(target -> target != null).forEach(target -> next.add(blocks.get(target)));
            if (continues(last)) {
                next.add(block + 1);
            }
        }
        return next.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<String> targets(PtxInstruction instruction) {
        return switch (instruction.mnemonic()) {
            case "bra" -> name(instruction, 0);
            case "brx" -> name(instruction, 1).stream().flatMap(list -> kernel.branchTargets().getOrDefault(list, List.of()).stream()).toList();
            default -> List.of();
        };
    }

    private static List<String> name(PtxInstruction instruction, int number) {
        return instruction.operands().size() > number && instruction.operands().get(number) instanceof Operand.Name name
                ? List.of(name.name()) : List.of();
    }
}
