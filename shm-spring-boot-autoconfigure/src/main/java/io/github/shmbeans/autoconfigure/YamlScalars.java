/*
 * Copyright 2026-present the shmbeans authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.shmbeans.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;

import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.Resource;

/**
 * How scalars are written in YAML files. Spring Boot loads {@code null} as an empty text
 * and does not tell a quoted text from a plain one; the file at the origin of a property
 * does.
 */
final class YamlScalars {

	private final Map<Resource, Map<Location, Style>> files = new HashMap<>();

	/**
	 * How the scalar at an origin is written, or {@code null} if that cannot be told.
	 */
	@Nullable Style styleAt(TextResourceOrigin origin) {
		Resource resource = origin.getResource();
		Location location = origin.getLocation();
		if (resource == null || location == null) {
			return null;
		}
		return this.files.computeIfAbsent(resource, YamlScalars::read).get(location);
	}

	private static Map<Location, Style> read(Resource resource) {
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(Integer.MAX_VALUE);
		options.setAllowRecursiveKeys(true);
		options.setCodePointLimit(Integer.MAX_VALUE);
		Map<Location, Style> styles = new HashMap<>();
		Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());
		try (InputStream stream = resource.getInputStream(); Reader reader = new UnicodeReader(stream)) {
			new Yaml(options).composeAll(reader).forEach((document) -> visit(document, visited, styles));
		}
		catch (IOException | YAMLException ex) {
			return Map.of();
		}
		return styles;
	}

	private static void visit(Node node, Set<Node> visited, Map<Location, Style> styles) {
		if (!visited.add(node)) {
			return;
		}
		if (node instanceof ScalarNode scalar) {
			Mark mark = scalar.getStartMark();
			styles.put(new Location(mark.getLine(), mark.getColumn()), style(scalar));
		}
		else if (node instanceof SequenceNode sequence) {
			sequence.getValue().forEach((item) -> visit(item, visited, styles));
		}
		else if (node instanceof MappingNode mapping) {
			mapping.getValue().forEach((tuple) -> visit(tuple.getValueNode(), visited, styles));
		}
	}

	private static Style style(ScalarNode scalar) {
		if (scalar.getTag().equals(Tag.NULL)) {
			return Style.NULL;
		}
		return (scalar.getScalarStyle() == ScalarStyle.PLAIN) ? Style.PLAIN : Style.QUOTED;
	}

	/**
	 * How a scalar is written.
	 */
	enum Style {

		/** Without quotes. */
		PLAIN,

		/** In quotes, or as a block. */
		QUOTED,

		/** As {@code null}, {@code ~} or nothing at all. */
		NULL

	}

}
