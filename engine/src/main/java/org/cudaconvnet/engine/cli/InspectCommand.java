package org.cudaconvnet.engine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.engine.config.Inspection;
import org.cudaconvnet.engine.config.LayerDict;
import org.cudaconvnet.engine.config.LayerParser;
import org.cudaconvnet.engine.config.NetDefinition;
import org.cudaconvnet.engine.config.ParseContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: parses a definition and shows its layers with the sizes derived from it. */
@Command(name = "inspect",
        description = "Shows the layers of a definition file with their derived sizes.",
        footer = {"", "Examples:", "  convnet inspect cifar-80sec", "  convnet inspect net.cfg --params=params.cfg --input=3x24x24,1 --json",
            "  convnet inspect alexnet-145"})
public final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE.cfg", description = "Layer definition file, or the name of a bundled net.")
    private String definition;

    @Option(names = {"--params", "--layer-params"}, paramLabel = "FILE", description = "Parameter file to check as well.")
    private Path params;

    @Option(names = "--input", split = ",", paramLabel = "CxHxW",
            description = "Dimensions of the data matrices by dataIdx (default: the bundled net's, else 3x32x32,1).")
    private List<String> input;

    @Option(names = "--classes", paramLabel = "N", description = "Classes of the data (default: the bundled net's, else 10).")
    private Integer classes;

    @Option(names = "--lenient-keys", description = "Ignore unknown keys, as the original does.")
    private boolean lenientKeys;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        NetDefinition net = NetDefinition.of(definition);
        List<String> dimensions = input != null ? input : List.of(net.input(), "1");
        ParseContext context = ParseContext.withoutWeights(dimensions.stream().map(InspectCommand::units).toList(),
                classes != null ? classes : net.classes()).withNumGpus(LayerParser.numGpus(net.layers())).withLenientKeys(lenientKeys);
        List<LayerDict> layers = LayerParser.parseDefinition(net.layers(), context);
        if (params != null) {
            LayerParser.applyParams(layers, params, context);
        }
        Inspection inspection = Inspection.of(layers);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(inspection));
        } else {
            LayerTable.print(inspection, out);
        }
        out.flush();
        return 0;
    }

    static int units(String dimensions) {
        try {
            return Arrays.stream(dimensions.split("x", -1)).mapToInt(Integer::parseUnsignedInt).reduce(1, Math::multiplyExact);
        } catch (NumberFormatException | ArithmeticException unreadable) {
            throw new InputException("--input: found \"" + dimensions + "\", expected dimensions such as 3x32x32 or 1");
        }
    }
}
