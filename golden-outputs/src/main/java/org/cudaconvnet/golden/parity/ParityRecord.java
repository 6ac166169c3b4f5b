package org.cudaconvnet.golden.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cudaconvnet.engine.InputException;
import org.cudaconvnet.golden.CaseResult.Status;
import org.cudaconvnet.golden.DeviceChoice;
import org.cudaconvnet.golden.report.DeviceRun;
import org.cudaconvnet.golden.report.OperationRow;
import org.cudaconvnet.kernels.DeviceFacts;
import org.cudaconvnet.kernels.ptx.PtxModules;

/**
 * What one device made of the golden sets: for the comparison with other devices, long after and without them.
 *
 * @param date              UTC, as in 2026-11-23
 * @param device            name such as cuda:0
 * @param ptxManifestSha256 stands for the PTX that the program brought; a CPU device does not run it
 * @param arithmetic        of exp, log, pow and the matrix product
 * @param operations        in the order in which they ran; sets that cannot run are left out
 */
public record ParityRecord(String date, String device, DeviceFacts facts, Host host, String ptxManifestSha256, String arithmetic,
                           List<OperationRecord> operations) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES).build();

    /** @param run every result of the check of {@code choice} */
    public static ParityRecord of(DeviceChoice choice, DeviceFacts facts, DeviceRun run) {
        List<OperationRecord> operations = OperationRow.of(run.results()).stream()
                .filter(row -> row.count(Status.SKIPPED) == 0).map(OperationRecord::of).toList();
        return new ParityRecord(LocalDate.now(ZoneOffset.UTC).toString(), choice.name(), facts, Host.current(), PtxModules.manifestSha256(),
                choice.arithmetic().name().toLowerCase(Locale.ROOT), operations);
    }

    /** @throws InputException if the file is no parity record */
    public static ParityRecord read(Path file) {
        try {
            return JSON.readValue(file.toFile(), ParityRecord.class);
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": no parity record: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read" + (Files.exists(file) ? "" : ", no such file"), e);
        }
    }

    /** Null if it has none of that name. */
    OperationRecord operation(String name) {
        return operations.stream().filter(operation -> operation.name().equals(name)).findFirst().orElse(null);
    }

    /** A name for its file: kind, model and driver of the device. */
    public String fileName() {
        return List.of(device.split(":")[0], facts.model(), facts.driver()).stream()
                .map(part -> part.toLowerCase(Locale.ROOT).replaceAll("\\((r|tm)\\)", "").replaceAll("[^a-z0-9.]+", "-")
                        .replaceAll("^-|-$", ""))
                .collect(Collectors.joining("_")) + ".json";
    }

    public long cases() {
        return operations.stream().mapToLong(OperationRecord::cases).sum();
    }

    public long passed() {
        return operations.stream().mapToLong(OperationRecord::passed).sum();
    }

    public long failed() {
        return operations.stream().mapToLong(OperationRecord::failed).sum();
    }

    public long excused() {
        return operations.stream().mapToLong(OperationRecord::excused).sum();
    }
}
