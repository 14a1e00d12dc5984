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

package io.github.shmbeans.manager;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests for the rules of packages.
 */
@Tag("any-jdk")
class ArchitectureTests {

	private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackagesOf(ManagerServer.class);

	@Test
	void onlyTheJdkAndThePublicPackagesOfTheLibraryAreUsed() {
		ArchRuleDefinition.classes()
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "javax.crypto..", "io.github.shmbeans", "io.github.shmbeans.error",
					"io.github.shmbeans.manager", "net.razorvine.pickle..", "org.jspecify.annotations..")
			.check(this.classes);
	}

	@Test
	void picklesAreReadAndWrittenInOnePlace() {
		ArchRuleDefinition.noClasses()
			.that()
			.haveNameNotMatching(".*\\.Pickles(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("net.razorvine..")
			.check(this.classes);
	}

	@Test
	void nothingIsPrintedAndLogsAreWrittenInOnePlace() {
		GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(this.classes);
		ArchRuleDefinition.noClasses()
			.that()
			.haveSimpleNameNotEndingWith("Log")
			.should()
			.dependOnClassesThat()
			.belongToAnyOf(System.Logger.class)
			.check(this.classes);
	}

}
